using System.Collections.Concurrent;
using Outrider.Grains.Audit;

namespace Outrider.Tests.Boundary.Mcp;

internal sealed class MemoryAudit : IAuditLog
{
    public ConcurrentQueue<AuditEntry> Entries { get; } = new();

    /// <summary>What appending fails with; null: nothing.</summary>
    public Exception? Failure { get; set; }

    public ValueTask AppendAsync(AuditEntry entry, CancellationToken cancellation)
    {
        if (Failure is { } failure)
            return ValueTask.FromException(failure);
        Entries.Enqueue(entry);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<AuditEntry>> ReadAsync(
        string tenant, AuditQuery query, DateTimeOffset? after, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<AuditEntry>>([.. Entries.Where(entry => entry.Tenant == tenant).Reverse().Take(limit)]);

    public ValueTask<int> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellation) => throw new NotSupportedException();
}
