using Orleans.Placement;
using Outrider.Grains.Tasks;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="AgentTasks"/>
[GrainType("agent_tasks")]
[RandomPlacement]
public sealed class AgentTasksGrain(ActivationPorts ports, ITaskStore store)
    : AgentTasks(ports.Context, store), IAgentTasksGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
