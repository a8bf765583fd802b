using Orleans.Placement;
using Outrider.Grains.Alerts;
using Outrider.Grains.Metrics;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;

namespace Outrider.Silo.Orleans.Bindings;

/// <inheritdoc cref="ExpressionEvaluation"/>
[GrainType("expression_evaluation")]
[RandomPlacement]
public sealed class ExpressionEvaluationGrain(
    ActivationPorts ports, [PersistentState("state")] IPersistentState<ExpressionEvaluationState> state, IMetricStore metrics, AlertMetrics meter)
    : ExpressionEvaluation(ports.Context, ports.State(state), metrics, meter), IExpressionEvaluationGrain, IBoundGrain
{
    ActivationPorts IBoundGrain.Ports { get; } = ports;
}
