using System.Globalization;
using Outrider.Agent.Connections;
using Outrider.Agent.Executors.Databases;
using Outrider.Agent.Statements;
using Outrider.MySql;
using Outrider.MySql.Client;
using Outrider.MySql.Transport;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.MySql;

/// <summary>
/// Has goInception review, execute and back up statements, all of them in one call. Canceled, it ends the statement that runs and says what
/// it has done, which is waited for a while.
/// </summary>
internal sealed class GoInceptionRunner(SqlDialect dialect, TimeProvider time)
{
    private const int DefaultPort = 4000;

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(30);

    /// <summary>Null: all were executed. Its problems and what it records hold no password.</summary>
    public async Task<Problem?> RunAsync(DatabaseConnection connection, StatementRun run, CancellationToken cancellation)
    {
        var text = GoInceptionText.Of(connection, run);
        if (!text.Ok)
            return text.Problem;
        try
        {
            await using var session = await ClientSession.ConnectAsync(OptionsOf(connection.GoInception!), time, cancellation);
            var rows = await CallAsync(session, text.Value, connection, cancellation);
            var problem = await RecordAsync(rows, connection, run);
            cancellation.ThrowIfCancellationRequested();
            return problem;
        }
        catch (MySqlServerException e)
        {
            return new Problem(ProblemCodes.SqlFailed, $"goInception refuses the statements: {Hide(e.Message, connection)}")
            {
                Details = new() { ["errno"] = e.Code.ToString(CultureInfo.InvariantCulture), ["sqlstate"] = e.SqlState },
            };
        }
        catch (MySqlException e)
        {
            return new Problem(ProblemCodes.DatabaseUnreachable, $"The agent can't use the goInception of {connection}: {Hide(e.Message, connection)}");
        }
    }

    private async Task<List<GoInceptionRow>> CallAsync(ClientSession session, string text, DatabaseConnection connection, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource();
        var call = ReadAsync(session, text, patience.Token);
        var canceled = new TaskCompletionSource();
        await using (cancellation.Register(canceled.SetResult))
            await Task.WhenAny(call, canceled.Task);
        if (call.IsCompleted)
            return await call;
        using var limit = new CancellationTokenSource(s_grace, time);
        await using var giveUp = limit.Token.Register(patience.Cancel);
        try
        {
            await ClientSession.KillQueryAsync(OptionsOf(connection.GoInception!), session.ConnectionId, limit.Token);
            return await call;
        }
        catch (MySqlException)
        {
            await patience.CancelAsync();
            await call.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw new OperationCanceledException(cancellation);
        }
    }

    private static async Task<List<GoInceptionRow>> ReadAsync(ClientSession session, string text, CancellationToken cancellation)
    {
        var rows = new List<GoInceptionRow>();
        await using var result = await session.QueryAsync(text, cancellation);
        while (await result.ReadAsync(cancellation))
            rows.Add(GoInceptionRow.Read(result));
        return rows;
    }

    /// <summary>Enters what was done. The row for the USE that the agent put before the statements counts only when it failed.</summary>
    private async ValueTask<Problem?> RecordAsync(List<GoInceptionRow> rows, DatabaseConnection connection, StatementRun run)
    {
        var own = connection.Database is null ? 0 : 1;
        var failed = rows.FirstOrDefault(row => row.IsFailed);
        foreach (var row in rows.Skip(own))
        {
            // Of statements that it can't read it answers one row for all the rest.
            var statement = run.Statements[Math.Clamp(row.OrderId - own, 1, run.Statements.Count) - 1];
            await run.Recorder.EnterAsync(EntryOf(row, statement, connection));
        }
        var executed = rows.Skip(own).Count(row => row.IsExecuted && !row.IsFailed);
        if (failed is null && executed >= run.Statements.Count)
            return null;
        var why = failed is null ? "goInception didn't execute all statements" : Hide(failed.ErrorMessage ?? failed.StageStatus, connection).TrimEnd();
        return new Problem(ProblemCodes.SqlFailed,
            $"{(failed is null ? "" : $"Statement {Math.Max(failed.OrderId - own, 0)} of {run.Statements.Count} failed: ")}{StatementText.Clip(why)}. {executed} of {run.Statements.Count} statements were executed.")
        {
            Details = new() { ["executed"] = executed.ToString(CultureInfo.InvariantCulture) },
        };
    }

    private StatementEntry EntryOf(GoInceptionRow row, SqlStatement statement, DatabaseConnection connection)
    {
        var message = row.ErrorMessage is null || statement.HoldsSecret ? null : StatementText.Clip(Hide(row.ErrorMessage, connection));
        var entry = new StatementEntry(statement, StatementText.Of(statement, dialect))
        {
            Status = row.IsFailed ? StatementEntry.Failed : row.IsExecuted ? StatementEntry.Success : StatementEntry.NotRun,
            AffectedRows = row.IsExecuted ? row.AffectedRows : null,
            Error = row.IsFailed ? message ?? row.StageStatus : null,
        };
        if (message is not null && !row.IsFailed)
            entry.More.Add(("warning", message));
        entry.More.Add(("stage", row.Stage));
        entry.More.Add(("stage_status", row.StageStatus));
        entry.More.Add(("error_level", row.ErrorLevel.ToString(CultureInfo.InvariantCulture)));
        entry.More.AddRange(row.More);
        return entry;
    }

    /// <summary>A text without the passwords that the call held.</summary>
    private static string Hide(string text, DatabaseConnection connection)
    {
        foreach (var secret in new[] { connection.Password, connection.Password.Replace("'", "''", StringComparison.Ordinal), connection.GoInception!.Password })
        {
            if (!string.IsNullOrEmpty(secret))
                text = text.Replace(secret, "***", StringComparison.Ordinal);
        }
        return text;
    }

    private static ClientOptions OptionsOf(GoInceptionSettings settings) => new()
    {
        Host = settings.Host!,
        Port = settings.Port ?? DefaultPort,
        User = settings.User ?? "root",
        Password = settings.Password ?? "",
        Tls = TlsMode.Preferred,
        ProgramName = "outrider-agent",
    };
}
