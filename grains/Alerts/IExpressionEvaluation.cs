using Outrider.Grains.Runtime;

namespace Outrider.Grains.Alerts;

/// <summary>Evaluates a rule that is a PromQL expression, every so often, on what the metric store holds. Key: <c>tenant/rule</c>.</summary>
public interface IExpressionEvaluation : IGrain
{
    /// <summary>Begins to evaluate, if it doesn't yet, and takes the rule up if it has changed.</summary>
    /// <param name="revision">That of the tenant's alert settings; 0: the caller doesn't know it.</param>
    [Idempotent]
    Task WakeAsync(long revision);

    /// <summary>How it is doing.</summary>
    [Idempotent]
    Task<ExpressionView> GetAsync();
}
