using Outrider.Protocol.Metrics;

namespace Outrider.Storage.Metrics;

/// <summary>A series, and the agents that have it under which ordinal.</summary>
internal sealed record SeriesMembers(Series Series, List<(AgentMetrics Agent, int Ordinal)> Agents);
