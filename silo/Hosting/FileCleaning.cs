using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Outrider.Api.Operations.Files;

namespace Outrider.Silo.Hosting;

/// <summary>Removes what uploads that were cut off left behind: at the start and then every day.</summary>
public sealed partial class FileCleaning(FileKeeper keeper, TimeProvider time, ILogger<FileCleaning> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Every, time);
        do
            await CleanAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CleanAsync(CancellationToken cancellation)
    {
        try
        {
            await keeper.CleanAsync(cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Failed(e.Message);
        }
    }

    [LoggerMessage(3200, LogLevel.Error, "Removing what is left of uploads failed and is tried again in a day: {Reason}")]
    private partial void Failed(string reason);
}
