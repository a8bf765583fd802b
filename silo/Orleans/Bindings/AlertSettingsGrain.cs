using Orleans.Placement;
using Outrider.Grains.Alerts;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="AlertSettings"/>
[GrainType("alert_settings")]
[RandomPlacement]
public sealed class AlertSettingsGrain(ActivationPorts ports, [PersistentState("state")] IPersistentState<AlertSettingsState> state)
    : AlertSettings(ports.Context, ports.State(state)), IAlertSettingsGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
