using Orleans.Placement;
using Outrider.Grains.Tasks;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="TaskSettings"/>
[GrainType("task_settings")]
[RandomPlacement]
public sealed class TaskSettingsGrain(ActivationPorts ports, [PersistentState("state")] IPersistentState<TaskSettingsState> state)
    : TaskSettings(ports.Context, ports.State(state)), ITaskSettingsGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
