using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts;

/// <summary>An evaluation has found that an alert fires, or that it is resolved.</summary>
/// <param name="Id">The alert's, see <see cref="Alert.Id"/>.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="Agent">The agent's name; empty for a rule over several.</param>
/// <param name="Metric">What was looked at.</param>
/// <param name="Labels">The subject: what tells it from others of the metric and agent.</param>
/// <param name="StartedAt">When the condition began to be true.</param>
/// <param name="FiredAt">When it had been true for long enough.</param>
/// <param name="Value">What was compared then.</param>
/// <param name="ResolvedAt">Null: it fires.</param>
/// <param name="ResolvedValue">What was compared then; null: nothing was.</param>
/// <param name="Reason">Why it is resolved.</param>
public sealed record AlertEvent(
    string Id, string Rule, string Agent, string Metric, List<Label> Labels, DateTimeOffset StartedAt, DateTimeOffset FiredAt, double Value,
    DateTimeOffset? ResolvedAt = null, double? ResolvedValue = null, ResolveReason? Reason = null);
