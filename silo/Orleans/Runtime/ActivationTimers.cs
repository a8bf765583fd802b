using Orleans.Timers;
using Outrider.Grains.Runtime;

namespace Outrider.Silo.Orleans.Runtime;

/// <inheritdoc/>
internal sealed class ActivationTimers(IGrainContext grain, ITimerRegistry timers, ILogger log) : IGrainTimers
{
    public IDisposable Start(Func<CancellationToken, Task> tick, TimeSpan due, TimeSpan period) =>
        timers.RegisterGrainTimer(grain, TickAsync, tick, new GrainTimerCreationOptions(due, period));

    private async Task TickAsync(Func<CancellationToken, Task> tick, CancellationToken cancellation)
    {
        try
        {
            await tick(cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(e, "A timer of {Grain} has failed; it goes on", grain.GrainId);
        }
    }
}
