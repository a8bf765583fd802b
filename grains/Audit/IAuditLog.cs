namespace Outrider.Grains.Audit;

/// <summary>The centre's audit store: append only.</summary>
public interface IAuditLog
{
    /// <summary>Appends; durable when it returns.</summary>
    ValueTask AppendAsync(AuditEntry entry, CancellationToken cancellation);

    /// <summary>The newest entries of a tenant before <paramref name="before"/> (null: from now), newest first.</summary>
    ValueTask<IReadOnlyList<AuditEntry>> ReadAsync(string tenant, DateTimeOffset? before, int limit, CancellationToken cancellation);
}
