using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Outrider.Grains.Alerts;

namespace Outrider.Silo.Hosting;

/// <summary>Removes alerts and notifications that were kept for long enough: at the start and then every hour.</summary>
public sealed partial class AlertRetention(IAlertStore store, TimeProvider time, ILogger<AlertRetention> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
            await RemoveAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RemoveAsync(CancellationToken cancellation)
    {
        try
        {
            await store.DeleteBeforeAsync(time.GetUtcNow() - IAlertStore.Retention, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Failed(e.Message);
        }
    }

    [LoggerMessage(3100, LogLevel.Error, "Removing old alerts failed and is tried again in an hour: {Reason}")]
    private partial void Failed(string reason);
}
