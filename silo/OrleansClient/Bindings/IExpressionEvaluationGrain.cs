using Outrider.Grains.Alerts;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="IExpressionEvaluation"/>
public interface IExpressionEvaluationGrain : IExpressionEvaluation, IGrainWithStringKey;
