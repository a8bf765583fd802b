using Orleans.Placement;
using Outrider.Grains.People;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="User"/>
[GrainType("user")]
[RandomPlacement]
public sealed class UserGrain(ActivationPorts ports, [PersistentState("state")] IPersistentState<UserState> state)
    : User(ports.Context, ports.State(state)), IUserGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
