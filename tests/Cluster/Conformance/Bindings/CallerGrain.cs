using Orleans.Placement;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Cluster.Conformance.Bindings;

[GrainType("caller")]
[RandomPlacement]
public sealed class CallerGrain(ActivationPorts ports) : Caller(ports.Context), ICallerGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
