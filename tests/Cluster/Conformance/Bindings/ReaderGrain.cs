using Orleans.Placement;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Cluster.Conformance.Bindings;

[GrainType("reader")]
[RandomPlacement]
public sealed class ReaderGrain(ActivationPorts ports) : Reader(ports.Context), IReaderGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
