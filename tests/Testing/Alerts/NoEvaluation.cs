using Outrider.Grains.Alerts;

namespace Outrider.Testing.Alerts;

/// <summary>Evaluates nothing: for tests of what wakes an evaluation and isn't about alerts.</summary>
public sealed class NoEvaluation : IAlertEvaluation
{
    public Task WakeAsync(long revision) => Task.CompletedTask;

    public Task<EvaluationView> GetAsync() => Task.FromResult(new EvaluationView(0, 0, 0, 0, 0, 0, null, []));
}
