using Outrider.Grains.Audit;
using Outrider.Storage.Audit;

namespace Outrider.Storage.Shared;

/// <summary>
/// The audit store of a cluster: rows are added, never changed, and removed only when they are a year old, but for a day that clocks may
/// be apart. No two entries of a tenant have the same time, so reading page by page by time skips none; entries of one node are dated in
/// the order they were appended, at least 100 ns apart, also when its clock is set back.
/// </summary>
public sealed class SharedAuditLog : IAuditLog, IAsyncDisposable
{
    private static readonly AuditSql s_sql = new("outrider_audit", "@p");

    private readonly SharedDatabase _database;
    private readonly AuditWriter _writer;

    public SharedAuditLog(SharedDatabase database)
    {
        _database = database;
        _writer = new AuditWriter(database);
    }

    /// <summary>Its tables; for a <see cref="SharedMigrator"/>.</summary>
    public static SchemaPart Schema(SqlDialect dialect) => SchemaPart.Read(typeof(SharedAuditLog).Assembly, "audit", dialect);

    /// <inheritdoc/>
    /// <exception cref="StorageException">
    /// The database is away or slow; comes twice <see cref="SharedDatabase.Limit"/> after the call, or sooner. The entry may be there all
    /// the same.
    /// </exception>
    public async ValueTask AppendAsync(AuditEntry entry, CancellationToken cancellation) =>
        await _writer.AppendAsync(entry, cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<AuditEntry>> ReadAsync(
        string tenant, AuditQuery query, DateTimeOffset? after, int limit, CancellationToken cancellation)
    {
        var (sql, values) = s_sql.List(tenant, query, after, limit);
        return await _database.RunAsync(session => session.QueryAsync(sql, row => AuditSql.Read(tenant, row), values), cancellation)
            .ConfigureAwait(false);
    }

    public async ValueTask<int> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellation) =>
        await _database.RemoveAsync(s_sql.Old, before.UtcTicks, cancellation).ConfigureAwait(false);

    /// <summary>Writes what is queued.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
