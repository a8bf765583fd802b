using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded.Calls;

namespace Outrider.Silo.Embedded.Activations;

/// <summary>Ends an activation when its turn comes.</summary>
internal sealed class DeactivationTurn(Activation activation, DeactivationReason reason) : Turn
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the activation is over.</summary>
    public Task Ended => _ended.Task;

    internal override bool IsOver => false;

    internal override bool NeedsGrain => false;

    internal override bool KeepsActive => false;

    internal override Task RunAsync(object grain)
    {
        // Somebody called in the meantime: it isn't idle any more.
        if (reason is not DeactivationReason.Idle || !activation.IsWanted)
            activation.End(reason);
        return Task.CompletedTask;
    }

    internal override void Fail(Exception reason) => _ended.TrySetResult();

    internal override void OnDeadline()
    {
    }
}
