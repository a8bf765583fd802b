using Orleans.Placement;
using Outrider.Grains.Alerts;
using Outrider.Grains.Metrics;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="AlertEvaluation"/>
/// <remarks>Where its agent wakes it, which is where the agent's batches arrive.</remarks>
[GrainType("alert_evaluation")]
[PreferLocalPlacement]
public sealed class AlertEvaluationGrain(
    ActivationPorts ports, [PersistentState("state")] IPersistentState<AlertEvaluationState> state, IMetricStore metrics, AlertMetrics meter)
    : AlertEvaluation(ports.Context, ports.State(state), metrics, meter), IAlertEvaluationGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
