using Outrider.Api.Auth;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.SqlGuard;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Operations;

/// <summary>Runs read-only SQL through an agent, the same for every front door.</summary>
public sealed class SqlOperations(IGrains grains, IObservers observers, Auditor audit)
{
    /// <summary>Statements of a batch at most.</summary>
    public const int MaxBatch = 50;

    /// <summary>
    /// Runs one statement. The guard here answers quickly; the agent's own decides. Problems: <c>forbidden</c>, <c>invalid_argument</c>,
    /// <c>sql_refused</c>, <c>quota_exceeded</c>, <c>agent_not_found</c>, <c>agent_offline</c>, <c>agent_busy</c>, <c>link_lost</c>,
    /// <c>sql_failed</c>, <c>timed_out</c>, <c>database_unreachable</c>.
    /// </summary>
    public async Task<Outcome<SqlAnswer>> RunAsync(
        Caller caller, string agent, string sql, SqlLimits? limits, CancellationToken cancellation)
    {
        var outcome = Permissions.Require(caller, Permission.SqlRun) is { } forbidden
            ? forbidden
            : await GrainCalls.OrProblemAsync(
                () => RunAllowedAsync(caller, agent, sql, limits ?? SqlLimits.Default, cancellation), agent, cancellation);
        await audit.RecordAsync(caller, "sql.run", agent, outcome.Problem, sql, CancellationToken.None);
        return outcome;
    }

    /// <summary>
    /// Runs statements one after the other; one that fails doesn't stop the next. <see cref="SqlLimits.MaxBytes"/> holds for all their
    /// rows together, because they are in memory together.
    /// </summary>
    public async Task<Outcome<List<Outcome<SqlAnswer>>>> RunBatchAsync(
        Caller caller, string agent, IReadOnlyList<string> statements, SqlLimits? limits, CancellationToken cancellation)
    {
        if (Permissions.Require(caller, Permission.SqlRun) is { } forbidden)
            return forbidden;
        if (statements.Count is 0 or > MaxBatch)
            return new Problem(ProblemCodes.InvalidArgument, $"A batch has 1 to {MaxBatch} statements; this one has {statements.Count}.");
        var answers = new List<Outcome<SqlAnswer>>(statements.Count);
        var rest = SqlLimits.Default.Lower(limits ?? SqlLimits.Default);
        foreach (var sql in statements)
        {
            var answer = rest.MaxBytes < 1 && answers.Count > 0
                ? new Problem(ProblemCodes.PayloadTooLarge, "The statements before this one have used up max_bytes. Ask for it by itself.")
                : await RunAsync(caller, agent, sql, rest, cancellation);
            answers.Add(answer);
            rest = rest with { MaxBytes = rest.MaxBytes - (answer.Value?.Rows.Length ?? 0) };
        }
        return answers;
    }

    /// <summary>
    /// What the guard says of a statement. Nothing is run, counted or noted, so that a page may ask while its user types. Problems:
    /// <c>forbidden</c>, <c>agent_not_found</c>.
    /// </summary>
    public async Task<Outcome<SqlCheck>> CheckAsync(Caller caller, string agent, string sql)
    {
        if (Permissions.Require(caller, Permission.SqlRun) is { } forbidden)
            return forbidden;
        var known = Names.IsAgent(agent) ? await Grain(caller, agent).GetAsync() : AgentOperations.UnknownAgent(agent);
        return known.Ok ? SqlCheck.Of(SqlGuard.Check(sql)) : known.Problem;
    }

    private async Task<Outcome<SqlAnswer>> RunAllowedAsync(
        Caller caller, string agent, string sql, SqlLimits limits, CancellationToken cancellation)
    {
        if (limits.TimeoutMs < 1 || limits.MaxRows < 1 || limits.MaxBytes < 1)
            return new Problem(ProblemCodes.InvalidArgument, "timeout_ms, max_rows and max_bytes must be at least 1.");
        if (!Names.IsAgent(agent))
            return AgentOperations.UnknownAgent(agent);
        if (SqlGuard.Check(sql) is { Allowed: false } verdict)
            return verdict.ToProblem();
        var link = await Grain(caller, agent).UseLinkAsync();
        if (!link.Ok)
            return link.Problem;
        var counted = await grains.Get<ITenant>(caller.Tenant).CountQueriesAsync(1);
        if (!counted.Ok)
            return counted.Problem;
        var task = new TaskCreate
        {
            TaskId = Guid.CreateVersion7().ToString("N"),
            Type = "sql",
            Command = sql,
            Limits = SqlLimits.Default.Lower(limits),
            Actor = caller.CredentialId,
        };
        return Answer(await observers.Get(link.Value).RunAsync(task, cancellation));
    }

    private IAgent Grain(Caller caller, string agent) => grains.Get<IAgent>(GrainKeys.Join(caller.Tenant, agent));

    private static Outcome<SqlAnswer> Answer(TaskResult result) => result.Completion switch
    {
        { Status: TaskStatuses.Success } done => new SqlAnswer(result.Payload, done.Rows, done.Truncated, done.ElapsedMs),
        { Problem: { } problem } => problem,
        var other => new Problem(ProblemCodes.Internal, $"The agent ended the query as '{other.Status}' without saying why."),
    };
}
