using Npgsql;
using Outrider.Agent.Connections;
using Outrider.Agent.Executors.Databases;
using Outrider.Agent.Statements;
using Outrider.MySql.Transport;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Postgres;

/// <summary>PostgreSQL, by Npgsql, which keeps the pools.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    private const int Sessions = 10;
    private const int IdleSeconds = 300;
    private const int LifeSeconds = 3600;
    private const int ConnectSeconds = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DatabaseConnection Connection, NpgsqlDataSource Source)> _sources = [];

    public SqlDialect Dialect => SqlDialect.Postgres;

    public bool HasTransactions => true;

    public bool HasTransactionalDdl => true;

    public string TransactionNote =>
        "Statements run in transactions of exec_options.trans_batch_size; what fails takes its whole batch back. "
        + "What can't run in a transaction, such as VACUUM, runs alone.";

    public async Task<Outcome<IStatementSession>> OpenAsync(DatabaseConnection connection, int maxRows, CancellationToken cancellation)
    {
        NpgsqlDataSource? own = null;
        NpgsqlConnection? opened = null;
        try
        {
            var source = connection.IsShared ? SourceOf(connection) : own = NewSource(connection);
            opened = await source.OpenConnectionAsync(cancellation);
            if (opened.PostgresParameters.GetValueOrDefault("standard_conforming_strings") == "off")
                await PostgresStatementSession.RunAsync(opened, "SET standard_conforming_strings = on", cancellation);
            var session = new PostgresStatementSession(opened, own);
            (own, opened) = (null, null);
            return session;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or ArgumentException)
        {
            return new Problem(ProblemCodes.DatabaseUnreachable,
                $"The agent can't use {connection}: {(e as PostgresException)?.MessageText ?? e.Message}");
        }
        finally
        {
            if (opened is not null)
                await opened.DisposeAsync();
            if (own is not null)
                await own.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, source) in _sources.Values)
            await source.DisposeAsync();
    }

    private NpgsqlDataSource SourceOf(DatabaseConnection connection)
    {
        lock (_lock)
        {
            if (_sources.TryGetValue(connection.Name!, out var known))
            {
                if (known.Connection == connection)
                    return known.Source;
                // Its connections that are in use are closed when they come back.
                known.Source.Dispose();
            }
            var source = NewSource(connection);
            _sources[connection.Name!] = (connection, source);
            return source;
        }
    }

    private static NpgsqlDataSource NewSource(DatabaseConnection connection)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = connection.Host,
            Port = connection.Port,
            Username = connection.User,
            Password = connection.Password,
            Database = connection.Database ?? "postgres",
            ApplicationName = "outrider-agent",
            Pooling = connection.IsShared,
            MaxPoolSize = Sessions,
            ConnectionIdleLifetime = IdleSeconds,
            ConnectionLifetime = LifeSeconds,
            Timeout = ConnectSeconds,
            // The task's own time limit ends statements.
            CommandTimeout = 0,
            // Asking for it makes some servers close the connection: https://github.com/npgsql/npgsql/issues/6415
            GssEncryptionMode = GssEncryptionMode.Disable,
            SslMode = connection.Tls switch
            {
                TlsMode.Disabled => SslMode.Disable,
                TlsMode.Preferred => SslMode.Prefer,
                TlsMode.Required => SslMode.Require,
                _ => SslMode.VerifyFull,
            },
        };
        if (connection.TlsCaFile is not null)
            settings.RootCertificate = connection.TlsCaFile;
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        if (connection.Tls != TlsMode.Disabled)
            builder.EnableTransportSecurity();
        return builder.Build();
    }
}
