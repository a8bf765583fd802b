using System.Diagnostics.CodeAnalysis;

namespace Outrider.Silo.Orleans.Runtime;

/// <summary>What every binding adds to its plain grain: the way from Orleans' lifecycle to the ports.</summary>
[SuppressMessage("Design", "CA1033", Justification = "Orleans finds them by the interface; a binding has no reason to change them.")]
public interface IBoundGrain : IGrainBase
{
    ActivationPorts Ports { get; }

    IGrainContext IGrainBase.GrainContext => Ports.Orleans;

    Task IGrainBase.OnActivateAsync(CancellationToken token) => ((Grains.Runtime.Grain)this).OnActivateAsync(token);

    Task IGrainBase.OnDeactivateAsync(global::Orleans.DeactivationReason reason, CancellationToken token) =>
        Ports.DeactivateAsync((Grains.Runtime.Grain)this, reason, token);
}
