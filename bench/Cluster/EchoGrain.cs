using Orleans.Placement;
using Outrider.Silo.Orleans.Runtime;

namespace Outrider.Bench.Cluster;

[GrainType("echo")]
[PreferLocalPlacement]
public sealed class EchoGrain(ActivationPorts ports) : Echo(ports.Context), IEchoGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
