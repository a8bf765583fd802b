using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Outrider.Silo.Hosting;

/// <summary>Removes what was kept for long enough: at the start and then every hour.</summary>
/// <param name="what">What it removes, for people.</param>
public abstract partial class HourlyRemoval(string what, TimeProvider time, ILogger log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
            await TryRemoveAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Removes what is to be removed at this time.</summary>
    protected abstract Task RemoveAsync(DateTimeOffset now, CancellationToken cancellation);

    private async Task TryRemoveAsync(CancellationToken cancellation)
    {
        try
        {
            await RemoveAsync(time.GetUtcNow(), cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Failed(log, what, e.Message);
        }
    }

    [LoggerMessage(3100, LogLevel.Error, "Removing old {What} failed and is tried again in an hour: {Reason}")]
    private static partial void Failed(ILogger log, string what, string reason);
}
