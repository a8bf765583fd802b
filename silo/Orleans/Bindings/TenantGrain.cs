using Orleans.Placement;
using Outrider.Grains.Tenancy;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="Tenant"/>
[GrainType("tenant")]
[RandomPlacement]
public sealed class TenantGrain(ActivationPorts ports, [PersistentState("state")] IPersistentState<TenantState> state)
    : Tenant(ports.Context, ports.State(state)), ITenantGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
