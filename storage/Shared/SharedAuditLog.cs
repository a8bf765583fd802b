using Outrider.Grains.Audit;

namespace Outrider.Storage.Shared;

/// <summary>
/// The audit store of a cluster: rows are added, never changed, never removed. No two entries of a tenant have the same time, so reading
/// page by page by time skips none; entries of one node are dated in the order they were appended, at least 100 ns apart, also when its
/// clock is set back.
/// </summary>
public sealed class SharedAuditLog : IAuditLog, IAsyncDisposable
{
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
        string tenant, DateTimeOffset? before, int limit, CancellationToken cancellation) =>
        await _database.RunAsync(session => session.QueryAsync(
            """
            SELECT at, actor, action, target, outcome, detail FROM outrider_audit
            WHERE tenant = @p1 AND at < @p2 ORDER BY at DESC LIMIT @p3
            """,
            row => new AuditEntry
            {
                At = new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero),
                Tenant = tenant,
                Actor = row.GetString(1),
                Action = row.GetString(2),
                Target = row.GetString(3),
                Outcome = row.GetString(4),
                Detail = row.IsDBNull(5) ? null : row.GetString(5),
            },
            tenant, before?.UtcTicks ?? long.MaxValue, limit), cancellation).ConfigureAwait(false);

    /// <summary>Writes what is queued.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
