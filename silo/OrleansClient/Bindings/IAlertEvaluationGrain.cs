using Outrider.Grains.Alerts;

namespace Outrider.Silo.OrleansClient.Bindings;

/// <inheritdoc cref="IAlertEvaluation"/>
public interface IAlertEvaluationGrain : IAlertEvaluation, IGrainWithStringKey;
