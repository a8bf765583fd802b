using System.Data.Common;
using MySqlConnector;
using Npgsql;
using Outrider.Silo.Orleans.Configuration;
using Outrider.Storage.Shared;

namespace Outrider.Silo.Orleans.Database;

/// <summary>The database that all silos share: how Orleans and our own stores reach it, and which tables they need.</summary>
public sealed class ClusterDatabase : IAsyncDisposable
{
    /// <summary>Tables of Orleans' providers, in the order in which they need each other.</summary>
    private static readonly string[] s_orleansParts = ["orleans_queries", "orleans_membership", "orleans_state", "orleans_reminders"];

    private readonly DbDataSource _source;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="options">With a database and a connection.</param>
    public ClusterDatabase(SiloSettings options)
    {
        StateConnection = ConnectionText.State(options);
        Connection = ConnectionText.Other(options);
        var dialect = options.Database is DatabaseKind.MySql ? SqlDialect.MySql : SqlDialect.Postgres;
        Invariant = options.Database is DatabaseKind.MySql ? "MySql.Data.MySqlConnector" : "Npgsql";
        _source = options.Database is DatabaseKind.MySql ? new MySqlDataSource(Connection) : NpgsqlDataSource.Create(Connection);
        Shared = new SharedDatabase(_source, dialect, options.Time);
        Migrator = new SharedMigrator(Shared,
        [
            .. s_orleansParts.Select(name => SchemaPart.Read(typeof(ClusterDatabase).Assembly, name, dialect)),
            SharedAuditLog.Schema(dialect), SharedReportStore.Schema(dialect), SharedMetricBackend.Schema(dialect),
            SharedAlertStore.Schema(dialect), SharedTaskStore.Schema(dialect),
        ]);
    }

    /// <summary>How Orleans names the driver.</summary>
    public string Invariant { get; }

    /// <summary>For membership and reminders. Holds the password.</summary>
    public string Connection { get; }

    /// <summary>For grain state. Holds the password.</summary>
    public string StateConnection { get; }

    /// <summary>For our own stores.</summary>
    public SharedDatabase Shared { get; }

    /// <summary>Makes the tables, and checks that they are there.</summary>
    public SharedMigrator Migrator { get; }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
