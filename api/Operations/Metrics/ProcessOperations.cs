using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Metrics;

/// <summary>The processes of agents' machines, the same for every front door.</summary>
public sealed class ProcessOperations(IMetricStore store, AgentOperations agents, TimeProvider time)
{
    /// <summary>Rows unless the caller says otherwise, and at most.</summary>
    public const int DefaultLimit = 20;

    public const int MaxLimit = 100;

    private const string Tree = "tree";

    /// <summary>The newest snapshot that isn't newer than the time asked for. Problems: <c>agent_not_found</c>, <c>invalid_argument</c>.</summary>
    public async Task<Outcome<ProcessAnswer>> ReadAsync(Caller caller, string agent, ProcessQuestion question, CancellationToken cancellation)
    {
        if ((await agents.GetAsync(caller, agent)).Problem is { } unknown)
            return unknown;
        if (Fault(question) is { } fault)
            return fault;
        var sort = ProcessSort.Parse(question.Sort);
        if (!sort.Ok)
            return sort.Problem;
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (question.At is not null && !Times.TryParse(question.At, out at))
            return QueryProblem.Of("at", question.At, Times.Rule);
        var table = await store.ReadProcessesAsync(caller.Tenant, agent, at, cancellation);
        return Answer(agent, question, sort.Value, table, at);
    }

    private static Problem? Fault(ProcessQuestion question) =>
        question.View is not (null or "flat" or Tree) ? QueryProblem.Of("view", question.View, "flat or tree")
        : question.Group is not (null or "name") ? QueryProblem.Of("group", question.Group, "name, or left out")
        : question is { View: Tree, Group: not null } ? QueryProblem.Of("Processes are a tree or grouped by name, not both. Leave out view or group.")
        : question.Limit is < 1 or > MaxLimit ? QueryProblem.Of($"limit must be 1 to {MaxLimit}; it is {question.Limit}.")
        : null;

    private static ProcessAnswer Answer(string agent, ProcessQuestion question, ProcessSort sort, ProcessTable? table, long at)
    {
        var isGrouped = question.Group is not null;
        if (table is null)
            return new ProcessAnswer { Agent = agent, Processes = isGrouped ? null : [], Groups = isGrouped ? [] : null };
        var limit = question.Limit ?? DefaultLimit;
        var shown = question.Name is { } name ? table with { Rows = [.. table.Rows.Where(row => Names.Matches(name, row.Name))] } : table;
        return new ProcessAnswer
        {
            Agent = agent,
            Time = Times.At(table.Time),
            AgeSeconds = (at - table.Time) / (double)Periods.Second,
            Total = table.Total,
            Cpus = table.Cpus > 0 ? table.Cpus : null,
            MemoryBytes = table.MemoryBytes > 0 ? table.MemoryBytes : null,
            Processes = isGrouped ? null : question.View == Tree ? ProcessTree.Of(shown, sort, limit) : ProcessLists.Flat(shown, sort, limit),
            Groups = isGrouped ? ProcessLists.ByName(shown, sort, limit) : null,
        };
    }
}
