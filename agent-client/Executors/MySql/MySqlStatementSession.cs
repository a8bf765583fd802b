using System.Globalization;
using Outrider.Agent.Executors.Databases;
using Outrider.Agent.Sql;
using Outrider.Agent.Statements;
using Outrider.MySql;
using Outrider.MySql.Client;
using Outrider.MySql.Payloads;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.MySql;

/// <summary>One task's session. What is left in the middle is killed on the server when the session goes back to its pool.</summary>
internal sealed class MySqlStatementSession(ClientSession session, SessionPool pool, bool ownsPool) : IStatementSession
{
    private static readonly TimeSpan s_rollbackTimeout = TimeSpan.FromSeconds(30);

    private bool _isElsewhere;

    public Task<Problem?> BeginAsync(BatchMode mode, CancellationToken cancellation) =>
        RunAsync(mode == BatchMode.ReadOnly ? "START TRANSACTION READ ONLY" : "START TRANSACTION", cancellation);

    public async Task<StatementOutcome> ExecuteAsync(
        string sql, SqlStatement statement, BatchMode mode, IRowSink rows, CancellationToken cancellation)
    {
        // The next task would begin in another database than it asked for.
        _isElsewhere |= statement.Form is "USE" || statement.Kind == StatementKind.Admin;
        try
        {
            await using var result = await session.QueryAsync(sql, cancellation);
            if (result.Columns.Count > 0)
                await ReadAsync(result, rows, cancellation);
            return new StatementOutcome(result.Columns.Count > 0 ? null : (long?)result.Completion?.AffectedRows, null);
        }
        catch (MySqlException e)
        {
            return ProblemOf(e);
        }
    }

    public Task<Problem?> CommitAsync(CancellationToken cancellation) => RunAsync("COMMIT", cancellation);

    public async Task RollbackAsync()
    {
        if (session.State != ClientSessionState.Ready)
            return;
        using var timeout = new CancellationTokenSource(s_rollbackTimeout, TimeProvider.System);
        try
        {
            await MySqlDatabase.RunAsync(session, "ROLLBACK", timeout.Token);
        }
        catch (Exception e) when (e is MySqlException or OperationCanceledException)
        {
            // Then the connection is lost, or is closed for being in the middle of something: the server takes it back itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isElsewhere && session.State == ClientSessionState.Ready)
            await session.DisposeAsync();
        await pool.ReturnAsync(session);
        if (ownsPool)
            await pool.DisposeAsync();
    }

    internal static Problem ProblemOf(MySqlException e) => e switch
    {
        MySqlServerException server => new Problem(ProblemCodes.SqlFailed, server.Message)
        {
            Details = new() { ["errno"] = server.Code.ToString(CultureInfo.InvariantCulture), ["sqlstate"] = server.SqlState },
        },
        MySqlPacketTooLargeException => new Problem(ProblemCodes.PayloadTooLarge, $"{e.Message} Select fewer or shorter columns."),
        _ => new Problem(ProblemCodes.DatabaseUnreachable,
            $"The connection to the database was lost, and what became of the statement isn't known: {e.Message}"),
    };

    /// <summary>Rows beyond the limit are read and left out, so that the session stays good for the next statement.</summary>
    private static async Task ReadAsync(QueryResult result, IRowSink rows, CancellationToken cancellation)
    {
        await rows.BeginRowsAsync([.. result.Columns.Select(column => column.Name)], cancellation);
        var isBinary = result.Columns.Select(IsBinary).ToArray();
        var takes = true;
        while (await result.ReadAsync(cancellation))
        {
            if (!takes)
                continue;
            var cells = new string?[isBinary.Length];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = result.IsNull(i) ? null : isBinary[i] ? "0x" + Convert.ToHexString(result.GetBytes(i)) : result.GetText(i);
            takes = await rows.AddRowAsync(cells, cancellation);
        }
    }

    private static bool IsBinary(ColumnDefinitionPayload column) => ColumnKinds.Of(column).Kind == Protocol.Rows.ColumnKind.Binary;

    private async Task<Problem?> RunAsync(string sql, CancellationToken cancellation)
    {
        try
        {
            await MySqlDatabase.RunAsync(session, sql, cancellation);
            return null;
        }
        catch (MySqlException e)
        {
            return ProblemOf(e);
        }
    }
}
