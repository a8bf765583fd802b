using Outrider.Agent.Connections;
using Outrider.Agent.Executors.Databases;
using Outrider.Agent.Sql;
using Outrider.Agent.Statements;
using Outrider.MySql;
using Outrider.MySql.Client;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.MySql;

/// <summary>MySQL and MariaDB, and Doris, which speaks their protocol and has no transactions to speak of.</summary>
internal sealed class MySqlDatabase(string type, TimeProvider time) : IReviewedDatabase
{
    /// <summary>Most sessions at once of one connection.</summary>
    private const int Sessions = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DatabaseConnection Connection, SessionPool Pool)> _pools = [];

    public SqlDialect Dialect => type == TaskTypes.Doris ? SqlDialect.Doris : SqlDialect.MySql;

    public bool HasTransactions => type == TaskTypes.MySql;

    public bool HasTransactionalDdl => false;

    public string TransactionNote => HasTransactions
        ? "Writing statements run in transactions of exec_options.trans_batch_size; what fails takes its batch back, "
            + "where the tables' engine can. Other statements commit at once."
        : "No transactions: each statement lasts as soon as it succeeds.";

    public async Task<Outcome<IStatementSession>> OpenAsync(DatabaseConnection connection, int maxRows, CancellationToken cancellation)
    {
        var pool = await PoolOfAsync(connection);
        ClientSession? session = null;
        try
        {
            session = await pool.TakeAsync(cancellation);
            await PrepareAsync(session, maxRows, cancellation);
            return new MySqlStatementSession(session, pool, ownsPool: !connection.IsShared);
        }
        catch (Exception e)
        {
            if (session is not null)
                await pool.ReturnAsync(session);
            if (e is not MySqlException)
                throw;
            return new Problem(ProblemCodes.DatabaseUnreachable, $"The agent can't use {connection}: {e.Message}");
        }
    }

    public Task<Problem?> RunReviewedAsync(DatabaseConnection connection, StatementRun run, CancellationToken cancellation) =>
        new GoInceptionRunner(Dialect, time).RunAsync(connection, run, cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, pool) in _pools.Values)
            await pool.DisposeAsync();
    }

    /// <summary>The pool of a connection of connections.json; another, with its password for instance, makes a new one. Else one for this task alone.</summary>
    private async ValueTask<SessionPool> PoolOfAsync(DatabaseConnection connection)
    {
        if (!connection.IsShared)
            return NewPool(connection, 1);
        SessionPool? old = null;
        SessionPool pool;
        lock (_lock)
        {
            if (_pools.TryGetValue(connection.Name!, out var known))
            {
                if (known.Connection == connection)
                    return known.Pool;
                old = known.Pool;
            }
            pool = NewPool(connection, Sessions);
            _pools[connection.Name!] = (connection, pool);
        }
        if (old is not null)
            await old.DisposeAsync();
        return pool;
    }

    private SessionPool NewPool(DatabaseConnection connection, int sessions) => new(OptionsOf(connection), sessions, time, SessionLife.Tasks);

    private static ClientOptions OptionsOf(DatabaseConnection connection) => new()
    {
        Host = connection.Host,
        Port = connection.Port,
        User = connection.User,
        Password = connection.Password,
        Database = connection.Database,
        Tls = connection.Tls,
        TlsCaFile = connection.TlsCaFile,
        ProgramName = "outrider-agent",
    };

    /// <summary>
    /// Makes the server read strings as the lexer did, which a setting could change, and cut results that nobody would take. Doris knows
    /// neither setting, or has them as they are wanted.
    /// </summary>
    private async Task PrepareAsync(ClientSession session, int maxRows, CancellationToken cancellation)
    {
        if (type == TaskTypes.Doris)
            return;
        var modes = (await SingleAsync(session, "SELECT @@SESSION.sql_mode", cancellation) ?? "").Split(',');
        if (modes.Any(IsMisleading))
            await RunAsync(session, $"SET SESSION sql_mode = '{string.Join(',', modes.Where(mode => !IsMisleading(mode) && IsPlain(mode)))}'", cancellation);
        await RunAsync(session, $"SET SESSION sql_select_limit = {maxRows + 1}", cancellation);
    }

    /// <summary>The combined modes hold the two others.</summary>
    private static bool IsMisleading(string mode) =>
        mode is "NO_BACKSLASH_ESCAPES" or "ANSI_QUOTES" or "ANSI" or "DB2" or "MAXDB" or "MSSQL" or "ORACLE" or "POSTGRESQL";

    private static bool IsPlain(string mode) => mode.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static async Task<string?> SingleAsync(ClientSession session, string sql, CancellationToken cancellation)
    {
        await using var result = await session.QueryAsync(sql, cancellation);
        string? value = null;
        while (await result.ReadAsync(cancellation))
            value = result.GetText(0);
        return value;
    }

    internal static async Task RunAsync(ClientSession session, string sql, CancellationToken cancellation)
    {
        await using var result = await session.QueryAsync(sql, cancellation);
        while (await result.ReadAsync(cancellation))
        {
        }
    }
}
