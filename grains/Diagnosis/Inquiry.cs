using System.Globalization;
using Outrider.Grains.Agents;
using Outrider.Grains.Diagnosis.Experts;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Rows;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Diagnosis;

/// <summary>Gathers the evidence of one run: phase by phase as planned, a few statements at a time, within the run's budget.</summary>
internal sealed class Inquiry(IAgentLink link, ITenant tenant, string actor, ProgressTeller progress, TimeProvider time)
{
    /// <summary>Statements that run at the same time; an agent's pool is shared with other callers.</summary>
    public const int MaxAtOnce = 4;

    /// <summary>All phases together; leaves the rest of a call's deadline (30 s) for analysis, saving and the way back.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(25);

    /// <summary>What a statement may take beyond its own limit, which the agent keeps, before the centre stops waiting.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    private int _done;
    private int _planned;

    /// <summary>Why nothing more is asked; null while the run goes on.</summary>
    private Problem? _stopped;

    /// <summary>
    /// The evidence, with a problem in the place of what didn't come. A problem instead of evidence: nothing came, and not because the
    /// database said no.
    /// </summary>
    public async Task<Outcome<Evidence>> GatherAsync(Expert expert, ExpertArguments arguments, CancellationToken cancellation)
    {
        using var budget = new CancellationTokenSource(Budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellation);
        var evidence = Evidence.None;
        for (var phase = 0; PlanLimits.Next(expert, arguments, evidence, phase) is { Count: > 0 } statements; phase++)
        {
            var results = await AskAllAsync([.. statements.Where(statement => statement.Skipped is null)], either.Token);
            cancellation.ThrowIfCancellationRequested();
            evidence = evidence.With(statements.Select(statement =>
                statement.Skipped is null ? results[statement.Id] : StatementResult.NotAsked(statement)));
            if (phase == 0 && Nothing(evidence) is { } problem)
                return problem;
        }
        return evidence;
    }

    /// <summary>Whether what is missing may well be there when asked again soon.</summary>
    public static bool IsPassing(StatementResult result) =>
        result.Problem is { } problem && problem.Code is not (ProblemCodes.SqlFailed or ProblemCodes.SqlRefused);

    private static Problem? Nothing(Evidence evidence) =>
        evidence.Results.All(IsPassing) ? evidence.Results[0].Problem : null;

    private async Task<Dictionary<string, StatementResult>> AskAllAsync(List<Statement> statements, CancellationToken cancellation)
    {
        if (_stopped is null && statements.Count > 0 && await tenant.CountQueriesAsync(statements.Count) is { Ok: false } refused)
            _stopped = refused.Problem;
        _planned += statements.Count;
        var results = new Dictionary<string, StatementResult>();
        var waiting = new Queue<Statement>(statements);
        var running = new List<Task<StatementResult>>(MaxAtOnce);
        while (waiting.Count + running.Count > 0)
        {
            while (running.Count < MaxAtOnce && waiting.TryDequeue(out var statement))
                running.Add(AskOrFailAsync(statement, cancellation));
            var first = await Task.WhenAny(running);
            running.Remove(first);
            var result = await first;
            results.Add(result.Id, result);
            if (result.Problem is { Code: ProblemCodes.LinkLost } lost)
                _stopped ??= lost;
            progress.Tell($"{result.Id}: {Outcome(result)}", ++_done, _planned);
        }
        return results;
    }

    private Task<StatementResult> AskOrFailAsync(Statement statement, CancellationToken cancellation) =>
        _stopped is null ? AskAsync(statement, cancellation) : Task.FromResult(StatementResult.Failure(statement, _stopped));

    private async Task<StatementResult> AskAsync(Statement statement, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        var limit = TimeSpan.FromMilliseconds(statement.Limits.TimeoutMs) + s_grace;
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            // Cancelling asks the agent to stop; it isn't waited for, because it may be the agent that hangs.
            var result = await link.RunAsync(Order(statement), either.Token).WaitAsync(either.Token);
            return Read(statement, result, Elapsed());
        }
        catch (OperationCanceledException)
        {
            if (cancellation.IsCancellationRequested)
                _stopped ??= new Problem(ProblemCodes.TimedOut, $"The time for a whole run, {Budget.TotalSeconds:0} s, was over.");
            return Failure(ProblemCodes.TimedOut, string.Create(CultureInfo.InvariantCulture, $"No answer within {Elapsed() / 1000:0.#} s."));
        }
        catch (ObserverGoneException)
        {
            return Failure(ProblemCodes.LinkLost, "The agent's link broke before the answer came.");
        }
        catch (TimeoutException)
        {
            return Failure(ProblemCodes.TimedOut, "The gateway did not answer in time.");
        }
        catch (Exception e)
        {
            // Whatever else a host may throw when the gateway can't be reached.
            return Failure(ProblemCodes.Unavailable, $"The gateway of the agent's link could not be reached ({e.GetType().Name}).");
        }

        StatementResult Failure(string code, string message) => StatementResult.Failure(statement, new Problem(code, message), Elapsed());

        double Elapsed() => time.GetElapsedTime(start).TotalMilliseconds;
    }

    private TaskCreate Order(Statement statement) => new()
    {
        TaskId = Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
        Type = "sql",
        Command = statement.Sql,
        Limits = statement.Limits,
        Actor = actor,
    };

    private static StatementResult Read(Statement statement, TaskResult result, double elapsedMs)
    {
        if (result.Completion.Status != TaskStatuses.Success)
        {
            var problem = result.Completion.Problem
                ?? new Problem(ProblemCodes.Internal, $"The agent reported '{result.Completion.Status}' without saying why.");
            return StatementResult.Failure(statement, problem, elapsedMs);
        }
        try
        {
            return StatementResult.Answer(statement, RowTable.Parse(result.Payload), result.Completion.Truncated is not null, elapsedMs);
        }
        catch (FormatException e)
        {
            var problem = new Problem(ProblemCodes.Internal, $"The agent's answer can't be read: {e.Message}");
            return StatementResult.Failure(statement, problem, elapsedMs);
        }
    }

    private static string Outcome(StatementResult result) =>
        result.Problem is { } problem ? problem.Code : Found.Count(result.Rows?.Rows.Count ?? 0, "row");
}
