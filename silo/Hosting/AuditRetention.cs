using Microsoft.Extensions.Logging;
using Outrider.Grains.Audit;

namespace Outrider.Silo.Hosting;

/// <summary>Removes audit entries that were kept for long enough.</summary>
public sealed class AuditRetention(IAuditLog store, TimeProvider time, ILogger<AuditRetention> log) : HourlyRemoval("audit entries", time, log)
{
    protected override async Task RemoveAsync(DateTimeOffset now, CancellationToken cancellation) =>
        await store.DeleteBeforeAsync(now - IAuditLog.Retention, cancellation);
}
