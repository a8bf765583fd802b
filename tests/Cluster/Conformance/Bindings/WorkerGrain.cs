using Orleans.Placement;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Cluster.Conformance.Bindings;

[GrainType("worker")]
[RandomPlacement]
public sealed class WorkerGrain(ActivationPorts ports) : Worker(ports.Context), IWorkerGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
