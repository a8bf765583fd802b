using Orleans.Placement;
using Outrider.Grains.Tenancy;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="TenantDirectory"/>
[GrainType("tenant_directory")]
[RandomPlacement]
public sealed class TenantDirectoryGrain(ActivationPorts ports, [PersistentState("state")] IPersistentState<TenantDirectoryState> state)
    : TenantDirectory(ports.Context, ports.State(state)), ITenantDirectoryGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
