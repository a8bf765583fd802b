using Orleans.Placement;
using Outrider.Grains.Agents;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="Agent"/>
[GrainType("agent")]
[RandomPlacement]
public sealed class AgentGrain(ActivationPorts ports, [PersistentState("state")] IPersistentState<AgentState> state)
    : Agent(ports.Context, ports.State(state)), IAgentGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
