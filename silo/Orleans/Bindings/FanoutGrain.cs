using Orleans.Placement;
using Outrider.Grains.Tasks;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="Fanout"/>
[GrainType("fanout")]
[RandomPlacement]
public sealed class FanoutGrain(ActivationPorts ports, ITaskStore store)
    : Fanout(ports.Context, store), IFanoutGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
