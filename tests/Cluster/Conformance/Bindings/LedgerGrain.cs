using Orleans.Placement;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Cluster.Conformance.Bindings;

[GrainType("ledger")]
[RandomPlacement]
public sealed class LedgerGrain(ActivationPorts ports, [PersistentState("state")] IPersistentState<LedgerState> state)
    : Ledger(ports.Context, ports.State(state)), ILedgerGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
