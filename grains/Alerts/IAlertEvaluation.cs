using Outrider.Grains.Runtime;

namespace Outrider.Grains.Alerts;

/// <summary>Evaluates all rules that match one agent, as its batches arrive. Key: <c>tenant/agent</c>.</summary>
public interface IAlertEvaluation : IGrain
{
    /// <summary>Begins to listen, if it doesn't yet, and takes up rules that have changed.</summary>
    [Idempotent]
    Task WakeAsync();

    /// <summary>How it is doing.</summary>
    [Idempotent]
    Task<EvaluationView> GetAsync();
}
