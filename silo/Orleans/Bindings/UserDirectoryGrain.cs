using Orleans.Placement;
using Outrider.Grains.People;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="UserDirectory"/>
[GrainType("user_directory")]
[RandomPlacement]
public sealed class UserDirectoryGrain(ActivationPorts ports, [PersistentState("state")] IPersistentState<UserDirectoryState> state)
    : UserDirectory(ports.Context, ports.State(state)), IUserDirectoryGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
