using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Outrider.Agent.Executors.Databases;
using Outrider.Agent.Statements;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Postgres;

/// <summary>One task's session. Npgsql asks the server to cancel what a token ends, and resets a session before the next task has it.</summary>
internal sealed class PostgresStatementSession(NpgsqlConnection connection, NpgsqlDataSource? owned) : IStatementSession
{
    private static readonly TimeSpan s_rollbackTimeout = TimeSpan.FromSeconds(30);

    public Task<Problem?> BeginAsync(BatchMode mode, CancellationToken cancellation) =>
        TryAsync(mode == BatchMode.ReadOnly ? "BEGIN READ ONLY" : "BEGIN", cancellation);

    public async Task<StatementOutcome> ExecuteAsync(
        string sql, SqlStatement statement, BatchMode mode, IRowSink rows, CancellationToken cancellation)
    {
        try
        {
            await using var command = Command(connection, sql);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            if (reader.FieldCount > 0)
                await ReadAsync(reader, rows, cancellation);
            await reader.CloseAsync();
            return new StatementOutcome(statement.Kind != StatementKind.Read && reader.RecordsAffected >= 0 ? reader.RecordsAffected : null, null);
        }
        catch (Exception e) when (ProblemOf(e) is { } problem)
        {
            cancellation.ThrowIfCancellationRequested();
            return problem;
        }
    }

    public Task<Problem?> CommitAsync(CancellationToken cancellation) => TryAsync("COMMIT", cancellation);

    public async Task RollbackAsync()
    {
        using var timeout = new CancellationTokenSource(s_rollbackTimeout, TimeProvider.System);
        try
        {
            await TryAsync("ROLLBACK", timeout.Token);
        }
        catch (OperationCanceledException)
        {
            // The connection is closed for it, and the server takes the transaction back.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        if (owned is not null)
            await owned.DisposeAsync();
    }

    internal static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Rows beyond the limit are read and left out, so that the session stays good for the next statement.</summary>
    private static async Task ReadAsync(NpgsqlDataReader reader, IRowSink rows, CancellationToken cancellation)
    {
        await rows.BeginRowsAsync([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], cancellation);
        var takes = true;
        while (await reader.ReadAsync(cancellation))
        {
            if (!takes)
                continue;
            var cells = new string?[reader.FieldCount];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = await reader.IsDBNullAsync(i, cancellation) ? null : reader.GetString(i);
            takes = await rows.AddRowAsync(cells, cancellation);
        }
    }

    /// <summary>All values come as the server writes them: no digit is lost, and no type is unknown.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "To run the statements of others, which the policy lets through, is what it is for.")]
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection) { AllResultTypesAreUnknown = true };

    private async Task<Problem?> TryAsync(string sql, CancellationToken cancellation)
    {
        try
        {
            await RunAsync(connection, sql, cancellation);
            return null;
        }
        catch (Exception e) when (ProblemOf(e) is { } problem)
        {
            cancellation.ThrowIfCancellationRequested();
            return problem;
        }
    }

    private static Problem? ProblemOf(Exception e) => e switch
    {
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" } ended => Lost(ended.MessageText),
        PostgresException refused => new Problem(ProblemCodes.SqlFailed, refused.MessageText) { Details = new() { ["sqlstate"] = refused.SqlState } },
        NpgsqlException or IOException or ObjectDisposedException => Lost(e.Message),
        // COPY to or from the client, for instance, which Npgsql does by other ways.
        NotSupportedException or InvalidOperationException => new Problem(ProblemCodes.SqlFailed, e.Message),
        _ => null,
    };

    private static Problem Lost(string why) => new(ProblemCodes.DatabaseUnreachable,
        $"The connection to the database was lost, and what became of the statement isn't known: {why}");
}
