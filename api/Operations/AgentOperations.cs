using Outrider.Api.Auth;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations;

/// <summary>What callers may do with agents, the same for every front door.</summary>
public sealed class AgentOperations(IGrains grains, Auditor audit)
{
    /// <summary>Entries of a page at most.</summary>
    public const int MaxPage = 100;

    private const int NamesAtOnce = 1_000;

    /// <summary>Agents of the caller's tenant by name, after <paramref name="after"/> (null: from the first).</summary>
    public async Task<Outcome<List<AgentView>>> ListAsync(Caller caller, string? after, int limit)
    {
        if (Permissions.Require(caller, Permission.AgentsRead) is { } problem)
            return problem;
        if (limit is < 1 or > MaxPage)
            return new Problem(ProblemCodes.InvalidArgument, $"limit must be 1 to {MaxPage}; it is {limit}.");
        var agents = new List<AgentView>(limit);
        while (agents.Count < limit)
        {
            var wanted = limit - agents.Count;
            var names = await grains.Get<IAgentDirectory>(caller.Tenant).ListAsync(after, wanted);
            var views = await Task.WhenAll(names.Select(name => Grain(caller, name).GetAsync()));
            // A name whose agent has just gone is passed over; the page still fills up, so that a short page is the last.
            agents.AddRange(views.Where(view => view.Ok).Select(view => view.Value!));
            if (names.Count < wanted)
                break;
            after = names[^1];
        }
        return agents;
    }

    /// <summary>One agent of the caller's tenant.</summary>
    public async Task<Outcome<AgentView>> GetAsync(Caller caller, string agent)
    {
        if (Permissions.Require(caller, Permission.AgentsRead) is { } problem)
            return problem;
        return Names.IsAgent(agent) ? await Grain(caller, agent).GetAsync() : UnknownAgent(agent);
    }

    /// <summary>
    /// The names of the agents that one of <paramref name="patterns"/> names, in order; none: of all. In a pattern <c>*</c> stands for any
    /// run of characters. Problems: <c>agent_not_found</c> for a name of none; <c>invalid_argument</c> when there are more than
    /// <paramref name="limit"/>.
    /// </summary>
    public async Task<Outcome<List<string>>> MatchAsync(Caller caller, IReadOnlyList<string> patterns, int limit)
    {
        if (Permissions.Require(caller, Permission.AgentsRead) is { } problem)
            return problem;
        var matched = new List<string>();
        var unknown = patterns.Where(pattern => !pattern.Contains('*', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        string? after = null;
        while (await grains.Get<IAgentDirectory>(caller.Tenant).ListAsync(after, NamesAtOnce) is { Count: > 0 } names)
        {
            unknown.ExceptWith(names);
            matched.AddRange(names.Where(name => patterns.Count == 0 || patterns.Any(pattern => Names.Matches(pattern, name))));
            after = names[^1];
        }
        return unknown.Count > 0 ? UnknownAgent(unknown.First())
            : matched.Count <= limit ? matched
            : new Problem(ProblemCodes.InvalidArgument, $"That are {matched.Count} agents; at most {limit} can be asked about at once. Name fewer.");
    }

    /// <summary>Takes an agent's credential away and closes its link.</summary>
    public async Task<Outcome<Done>> RevokeAsync(Caller caller, string agent, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.AgentsManage) is { } problem)
            return problem;
        var outcome = Names.IsAgent(agent) ? await Grain(caller, agent).RevokeAsync() : UnknownAgent(agent);
        await audit.RecordAsync(caller, "agent.revoke", agent, outcome.Problem, detail: null, cancellation);
        return outcome;
    }

    /// <summary>What is asked of one agent, and what it comes to together with what is asked of all.</summary>
    public async Task<Outcome<AgentSettingsView>> GetSettingsAsync(Caller caller, string agent)
    {
        if (Permissions.Require(caller, Permission.AgentSettingsRead) is { } problem)
            return problem;
        if (!Names.IsAgent(agent))
            return UnknownAgent(agent);
        var own = await Grain(caller, agent).GetSettingsAsync();
        return own.Ok ? await ViewAsync(caller, own.Value) : own.Problem;
    }

    /// <summary>Asks this of one agent from now on; it hears of it within seconds.</summary>
    public async Task<Outcome<AgentSettingsView>> SetSettingsAsync(Caller caller, string agent, AgentSettings settings, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.AgentSettingsManage) is { } problem)
            return problem;
        var set = Names.IsAgent(agent) ? await Grain(caller, agent).SetSettingsAsync(settings) : UnknownAgent(agent);
        await audit.RecordAsync(caller, "agent.configure", agent, set.Problem, detail: null, cancellation);
        return set.Ok ? await ViewAsync(caller, set.Value) : set.Problem;
    }

    /// <summary>What is asked of all agents of the tenant.</summary>
    public async Task<Outcome<AgentSettings>> GetTenantSettingsAsync(Caller caller)
    {
        if (Permissions.Require(caller, Permission.AgentSettingsRead) is { } problem)
            return problem;
        return await grains.Get<ITenant>(caller.Tenant).GetAgentSettingsAsync();
    }

    /// <summary>Asks this of all agents of the tenant from now on; they hear of it within seconds.</summary>
    public async Task<Outcome<AgentSettings>> SetTenantSettingsAsync(Caller caller, AgentSettings settings, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.AgentSettingsManage) is { } problem)
            return problem;
        var set = await grains.Get<ITenant>(caller.Tenant).SetAgentSettingsAsync(settings);
        await audit.RecordAsync(caller, "tenant.configure_agents", caller.Tenant, set.Problem, detail: null, cancellation);
        return set;
    }

    internal static Problem UnknownAgent(string agent) =>
        new(ProblemCodes.AgentNotFound, $"There is no agent '{agent}'. list_agents (GET /api/v1/agents) shows the agents of this tenant.");

    private async Task<Outcome<AgentSettingsView>> ViewAsync(Caller caller, AgentSettings own)
    {
        var all = await grains.Get<ITenant>(caller.Tenant).GetAgentSettingsAsync();
        return all.Ok ? new AgentSettingsView(own, AgentSettings.Merge(all.Value, own)) : all.Problem;
    }

    private IAgent Grain(Caller caller, string agent) => grains.Get<IAgent>(GrainKeys.Join(caller.Tenant, agent));
}
