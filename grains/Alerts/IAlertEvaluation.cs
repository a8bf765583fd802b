using Outrider.Grains.Runtime;

namespace Outrider.Grains.Alerts;

/// <summary>Evaluates all rules that match one agent, as its batches arrive. Key: <c>tenant/agent</c>.</summary>
public interface IAlertEvaluation : IGrain
{
    /// <summary>Begins to listen, if it doesn't yet, and takes up rules that have changed.</summary>
    /// <param name="revision">That of the tenant's alert settings; 0: the caller doesn't know it.</param>
    [Idempotent]
    Task WakeAsync(long revision);

    /// <summary>How it is doing.</summary>
    [Idempotent]
    Task<EvaluationView> GetAsync();
}
