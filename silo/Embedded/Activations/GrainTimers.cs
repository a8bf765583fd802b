using Outrider.Grains.Runtime;

namespace Outrider.Silo.Embedded.Activations;

/// <inheritdoc/>
internal sealed class GrainTimers(Activation activation) : IGrainTimers
{
    public IDisposable Start(Func<CancellationToken, Task> tick, TimeSpan due, TimeSpan period)
    {
        var timer = new GrainTimer(activation, tick);
        activation.Attach(timer);
        timer.Start(due, period);
        return timer;
    }
}
