using Microsoft.Extensions.Logging;
using Outrider.Grains.Alerts;

namespace Outrider.Silo.Hosting;

/// <summary>Removes alerts and notifications that were kept for long enough.</summary>
public sealed class AlertRetention(IAlertStore store, TimeProvider time, ILogger<AlertRetention> log) : HourlyRemoval("alerts", time, log)
{
    protected override async Task RemoveAsync(DateTimeOffset now, CancellationToken cancellation) =>
        await store.DeleteBeforeAsync(now - IAlertStore.Retention, cancellation);
}
