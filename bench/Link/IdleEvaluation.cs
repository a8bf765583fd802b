using Outrider.Grains.Alerts;

namespace Outrider.Bench.Link;

/// <summary>Evaluates nothing: the link is measured, not the alerts.</summary>
internal sealed class IdleEvaluation : IAlertEvaluation
{
    public Task WakeAsync(long revision) => Task.CompletedTask;

    public Task<EvaluationView> GetAsync() => Task.FromResult(new EvaluationView(0, 0, 0, 0, 0, 0, null, []));
}
