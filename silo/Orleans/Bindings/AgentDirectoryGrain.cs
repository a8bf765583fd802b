using Orleans.Placement;
using Outrider.Grains.Agents;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="AgentDirectory"/>
[GrainType("agent_directory")]
[RandomPlacement]
public sealed class AgentDirectoryGrain(ActivationPorts ports, [PersistentState("state")] IPersistentState<AgentDirectoryState> state)
    : AgentDirectory(ports.Context, ports.State(state)), IAgentDirectoryGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
