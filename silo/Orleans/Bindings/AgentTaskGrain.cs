using Orleans.Placement;
using Outrider.Grains.Tasks;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="AgentTask"/>
[GrainType("agent_task")]
[RandomPlacement]
public sealed class AgentTaskGrain(ActivationPorts ports, ITaskStore store, ITaskFiles files)
    : AgentTask(ports.Context, store, files), IAgentTaskGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
