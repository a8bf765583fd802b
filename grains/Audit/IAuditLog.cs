namespace Outrider.Grains.Audit;

/// <summary>
/// The centre's audit store: append only, until what is old enough is removed. No two entries of a tenant have the same time, so it
/// names an entry.
/// </summary>
public interface IAuditLog
{
    /// <summary>How long entries are kept.</summary>
    static readonly TimeSpan Retention = TimeSpan.FromDays(365);

    /// <summary>Appends, a moment later where that time is taken; durable when it returns.</summary>
    ValueTask AppendAsync(AuditEntry entry, CancellationToken cancellation);

    /// <summary>Entries of a tenant, newest first; after the one of the time <paramref name="after"/> (null: from the newest).</summary>
    ValueTask<IReadOnlyList<AuditEntry>> ReadAsync(
        string tenant, AuditQuery query, DateTimeOffset? after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Removes entries from before then, of all tenants; returns how many. A store may refuse to remove what is younger than
    /// <see cref="Retention"/>.
    /// </summary>
    ValueTask<int> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellation);
}
