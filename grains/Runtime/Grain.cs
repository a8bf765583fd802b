namespace Outrider.Grains.Runtime;

/// <summary>Base of every grain: one call at a time, also while a call is awaited. No locks, no Task.Run, no blocking inside.</summary>
public abstract class Grain(GrainContext context)
{
    protected GrainContext Context { get; } = context;

    protected string Key => Context.Key;

    /// <summary>Runs before the first call, after the state was read. When it throws, that call fails and the next one tries again.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Runs after the last call. Not on a crash.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellation) => Task.CompletedTask;
}
