using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Agents;

/// <summary>How an agent's measurements arrive.</summary>
/// <param name="LastReportAt">When the centre stored a batch last; null: none since it last took the agent up.</param>
/// <param name="Problem">Why a part of the last batch was left out (<c>series_limit</c>); null: nothing was.</param>
public sealed record AgentMetricsView(DateTimeOffset? LastReportAt, Problem? Problem);
