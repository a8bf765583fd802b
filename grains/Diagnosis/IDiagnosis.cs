using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Diagnosis;

/// <summary>One expert for one agent. Key: <c>tenant/agent/expert</c>.</summary>
/// <remarks>One call at a time, so equal requests that come together share one run: the later ones find its report in the cache.</remarks>
public interface IDiagnosis : IGrain
{
    /// <summary>
    /// Gathers the evidence (or takes it from the cache, up to 60 s old) and analyses it. Missing evidence doesn't fail it: the report
    /// says what is missing. Problems: <c>expert_not_found</c>, <c>invalid_argument</c>, <c>expert_not_applicable</c>,
    /// <c>agent_not_found</c>, <c>agent_offline</c>, <c>quota_exceeded</c>, <c>database_unreachable</c>.
    /// </summary>
    [Idempotent]
    [CallDeadline(75)]
    Task<Outcome<DiagnosisReport>> RunAsync(DiagnosisRequest request, CancellationToken cancellation);
}
