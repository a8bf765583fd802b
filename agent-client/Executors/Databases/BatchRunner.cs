using System.Globalization;
using Outrider.Agent.Statements;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Databases;

/// <summary>
/// Runs a task's statements in one session, in batches, up to the first that fails: then its batch is taken back, and nothing after it runs.
/// </summary>
internal sealed class BatchRunner(IDatabase database, TimeProvider time)
{
    /// <summary>Null: all ran. Throws <see cref="OperationCanceledException"/>, with the open batch taken back.</summary>
    public async Task<Problem?> RunAsync(IStatementSession session, StatementRun run, CancellationToken cancellation)
    {
        var batches = database.HasTransactions
            ? StatementBatch.Of(run.Statements, run.Options.TransBatchSize, database.HasTransactionalDdl)
            : [.. run.Statements.Select(statement => new StatementBatch(statement.Index, BatchMode.Alone, [statement]))];
        foreach (var batch in batches)
        {
            if (batch.Number > 1 && run.Options.SleepMs > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(run.Options.SleepMs), time, cancellation);
            if (await RunAsync(session, batch, run, cancellation) is { } problem)
                return Explained(problem, batch, batches.Count, run);
        }
        return null;
    }

    private static async Task<Problem?> RunAsync(IStatementSession session, StatementBatch batch, StatementRun run, CancellationToken cancellation)
    {
        run.Recorder.BeginBatch();
        try
        {
            if (batch.Mode != BatchMode.Alone && await session.BeginAsync(batch.Mode, cancellation) is { } unbegun)
                return unbegun;
            foreach (var statement in batch.Statements)
            {
                await run.Recorder.BeginAsync(statement, cancellation);
                var outcome = await session.ExecuteAsync(run.Comment + statement.Text, statement, batch.Mode, run.Recorder, cancellation);
                await run.Recorder.EndAsync(statement.HoldsSecret ? Quiet(outcome) : outcome, cancellation);
                if (outcome.Problem is not { } problem)
                    continue;
                if (batch.Mode != BatchMode.Alone)
                {
                    await session.RollbackAsync();
                    Revoke(batch, run, StatementEntry.RolledBack);
                }
                return statement.HoldsSecret ? Quiet(problem) : problem;
            }
        }
        catch (OperationCanceledException)
        {
            run.Recorder.Interrupt();
            Revoke(batch, run, StatementEntry.RolledBack);
            throw;
        }
        return await CommitAsync(session, batch, run, cancellation);
    }

    private static async Task<Problem?> CommitAsync(IStatementSession session, StatementBatch batch, StatementRun run, CancellationToken cancellation)
    {
        if (batch.Mode == BatchMode.Alone)
            return null;
        try
        {
            if (await session.CommitAsync(cancellation) is not { } problem)
                return null;
            Revoke(batch, run, problem.Code == ProblemCodes.SqlFailed ? StatementEntry.RolledBack : StatementEntry.Unknown);
            return problem with { Message = $"at the commit of its batch: {problem.Message}" };
        }
        catch (OperationCanceledException)
        {
            Revoke(batch, run, StatementEntry.Unknown);
            throw;
        }
    }

    /// <summary>What only read has nothing to take back.</summary>
    private static void Revoke(StatementBatch batch, StatementRun run, string status)
    {
        if (batch.Mode == BatchMode.Transaction)
            run.Recorder.Revoke(status);
    }

    /// <summary>An answer that could repeat a password is not repeated.</summary>
    private static Problem Quiet(Problem problem) =>
        problem with { Message = "The server refused a statement about passwords; what it said isn't repeated, because it may hold one." };

    private static StatementOutcome Quiet(StatementOutcome outcome) =>
        outcome.Problem is { } problem ? outcome with { Problem = Quiet(problem) } : outcome;

    private static Problem Explained(Problem problem, StatementBatch batch, int batches, StatementRun run)
    {
        var (total, ended) = (run.Statements.Count, run.Recorder.Ended);
        var taken = batch.Mode != BatchMode.Transaction || batch.Statements.Count == 1 ? ""
            : $" Batch {batch.Number} of {batches} (statements {batch.Statements[0].Index} to {batch.Statements[^1].Index}) was rolled back.";
        var stop = problem.Message.EndsWith('.') ? "" : ".";
        var rest = ended < total ? $" Statements {ended + 1} to {total} didn't run." : "";
        return problem with
        {
            Message = $"Statement {ended} of {total} failed: {StatementText.Clip(problem.Message)}{stop}{taken}{rest}",
            Details = new(problem.Details ?? [])
            {
                ["statement"] = ended.ToString(CultureInfo.InvariantCulture),
                ["batch"] = batch.Number.ToString(CultureInfo.InvariantCulture),
            },
        };
    }
}
