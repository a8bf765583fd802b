using Orleans.Storage;
using Outrider.Grains.Runtime;
using Outrider.Storage;

namespace Outrider.Silo.Orleans.Runtime;

/// <inheritdoc/>
internal sealed class ActivationState<T>(ActivationPorts ports, IPersistentState<T> state) : Outrider.Grains.Runtime.IGrainState<T> where T : class, new()
{
    private Task _last = Task.CompletedTask;

    public T Value
    {
        get => state.State;
        set => state.State = value;
    }

    public bool Exists => state.RecordExists;

    public Task SaveAsync(CancellationToken cancellation = default) => _last = RunAsync(_last, "saved", () => state.WriteStateAsync(cancellation));

    public Task ClearAsync(CancellationToken cancellation = default) => _last = RunAsync(_last, "cleared", () => state.ClearStateAsync(cancellation));

    private async Task RunAsync(Task previous, string what, Func<Task> write)
    {
        // Two saves of one turn, not awaited in between, must not refuse each other.
        if (!previous.IsCompleted)
            await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        try
        {
            await write();
        }
        catch (InconsistentStateException)
        {
            ports.End(Grains.Runtime.DeactivationReason.StateConflict);
            throw new StateConflictException(
                $"The state of {ports.Orleans.GrainId} was not {what}: somebody else has changed it since it was read. Call again to work on the new one.");
        }
        catch (OrleansException e)
        {
            // It may have been kept all the same; the next activation reads which.
            ports.End(Grains.Runtime.DeactivationReason.StateConflict);
            throw new StorageException($"The state of {ports.Orleans.GrainId} was not {what}: {e.Message}", e);
        }
    }
}
