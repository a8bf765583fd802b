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
        var rows = new List<GoInceptionRow>();
        Problem? lost;
        try
        {
            await using var session = await ClientSession.ConnectAsync(OptionsOf(connection.GoInception!), time, cancellation);
            lost = await CallAsync(session, text.Value, connection, rows, cancellation);
        }
        catch (MySqlException e)
        {
            return Unreachable(e, connection);
        }
        var ended = await RecordAsync(rows, connection, run);
        if (lost?.Code == ProblemCodes.DatabaseUnreachable || (lost is not null && cancellation.IsCancellationRequested))
        {
            foreach (var statement in run.Statements.Skip(ended))
                await run.Recorder.EnterAsync(new StatementEntry(statement, StatementText.Of(statement, dialect)) { Status = StatementEntry.Unknown });
        }
        cancellation.ThrowIfCancellationRequested();
        return lost ?? Verdict(rows, connection, run);
    }

    /// <summary>Makes the call. Null: all rows came. Problem: why not; of what it has no row for isn't known what became of it.</summary>
    private static async Task<Problem?> CallAsync(
        ClientSession session, string text, DatabaseConnection connection, List<GoInceptionRow> rows, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource();
        try
        {
            var call = ReadAsync(session, text, rows, patience.Token);
            var canceled = new TaskCompletionSource();
            await using (cancellation.Register(canceled.SetResult))
                await Task.WhenAny(call, canceled.Task);
            if (!call.IsCompleted)
                await KillAsync(session, connection, patience);
            await call;
            return null;
        }
        catch (OperationCanceledException)
        {
            return new Problem(ProblemCodes.DatabaseUnreachable, "goInception didn't say what it had done.");
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
            return Unreachable(e, connection);
        }
    }

    /// <summary>Asks it to end after the statement that runs, and gives it a while to say what was done.</summary>
    private static async Task KillAsync(ClientSession session, DatabaseConnection connection, CancellationTokenSource patience)
    {
        patience.CancelAfter(s_grace);
        try
        {
            await ClientSession.KillQueryAsync(OptionsOf(connection.GoInception!), session.ConnectionId, patience.Token);
        }
        catch (Exception e) when (e is MySqlException or OperationCanceledException)
        {
            await patience.CancelAsync();
        }
    }

    private static async Task ReadAsync(ClientSession session, string text, List<GoInceptionRow> rows, CancellationToken cancellation)
    {
        await using var result = await session.QueryAsync(text, cancellation);
        while (await result.ReadAsync(cancellation))
            rows.Add(GoInceptionRow.Read(result));
    }

    /// <summary>Enters what was done, and says of how many statements. The row for the USE that the agent put before them is none of theirs.</summary>
    private async ValueTask<int> RecordAsync(List<GoInceptionRow> rows, DatabaseConnection connection, StatementRun run)
    {
        var own = Own(connection);
        foreach (var row in rows.Skip(own))
        {
            // Of statements that it can't read it answers one row for all the rest.
            var statement = run.Statements[Math.Clamp(row.OrderId - own, 1, run.Statements.Count) - 1];
            await run.Recorder.EnterAsync(EntryOf(row, statement, connection));
        }
        return Math.Max(0, rows.Count - own);
    }

    private static int Own(DatabaseConnection connection) => connection.Database is null ? 0 : 1;

    /// <summary>Null: all were executed.</summary>
    private static Problem? Verdict(List<GoInceptionRow> rows, DatabaseConnection connection, StatementRun run)
    {
        var own = Own(connection);
        var failed = rows.FirstOrDefault(row => row.IsFailed);
        var executed = rows.Skip(own).Count(row => row.IsExecuted && !row.IsFailed);
        if (failed is null && executed >= run.Statements.Count)
            return null;
        var what = failed is null ? "goInception didn't execute all statements"
            : $"Statement {Math.Max(failed.OrderId - own, 0)} of {run.Statements.Count} failed: {Hide(failed.ErrorMessage ?? failed.StageStatus, connection).Trim().TrimEnd('.')}";
        return new Problem(ProblemCodes.SqlFailed, $"{StatementText.Clip(what)}. {executed} of {run.Statements.Count} statements were executed.")
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

    private static Problem Unreachable(MySqlException e, DatabaseConnection connection) =>
        new(ProblemCodes.DatabaseUnreachable, $"The agent can't use the goInception of {connection}: {Hide(e.Message, connection)}");

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
