namespace Outrider.Grains.Metrics;

/// <summary>What a tenant's metrics are; counts of samples since the store was opened.</summary>
/// <param name="Agents">Agents with metrics.</param>
/// <param name="Series">Series, all agents together.</param>
/// <param name="Stored">Samples stored.</param>
/// <param name="RefusedBySeriesLimit">Samples left out because their series would have been above the limit.</param>
/// <param name="RefusedByTime">Samples left out because they were past their retention, or more than a day ahead of the centre's clock.</param>
/// <param name="Policy">In force.</param>
public sealed record MetricUsage(int Agents, int Series, long Stored, long RefusedBySeriesLimit, long RefusedByTime, MetricPolicy Policy);
