using Outrider.Grains.Alerts;

namespace Outrider.Api.Operations.Alerts;

/// <summary>An alert that there would have been.</summary>
/// <param name="Agent">The agent; empty where an expression gives none.</param>
/// <param name="Metric">What was looked at.</param>
/// <param name="Labels">The subject.</param>
/// <param name="StartedAt">When the condition became true.</param>
/// <param name="FiredAt">When it had been true for long enough.</param>
/// <param name="ResolvedAt">Null: it would still fire at the end.</param>
/// <param name="Reason">Why it would have ended.</param>
/// <param name="Value">What was compared when it fired.</param>
public sealed record DryRunFiring(
    string Agent, string Metric, Dictionary<string, string> Labels, DateTimeOffset StartedAt, DateTimeOffset FiredAt,
    DateTimeOffset? ResolvedAt, ResolveReason? Reason, double? Value);
