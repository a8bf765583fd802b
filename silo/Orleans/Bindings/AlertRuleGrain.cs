using Orleans.Placement;
using Outrider.Grains.Alerts;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="AlertRule"/>
[GrainType("alert_rule")]
[RandomPlacement]
public sealed class AlertRuleGrain(ActivationPorts ports, IAlertStore alerts) : AlertRule(ports.Context, alerts), IAlertRuleGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
