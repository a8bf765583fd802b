namespace Outrider.Storage.Metrics;

/// <summary>What a store holds and took, all tenants together; counts of samples since it was opened.</summary>
/// <param name="Agents">Agents with metrics.</param>
/// <param name="Series">Series.</param>
/// <param name="Stored">Samples stored.</param>
/// <param name="RefusedBySeriesLimit">Samples left out because their series would have been above a tenant's limit.</param>
/// <param name="RefusedByTime">Samples left out because they were too old, or too far ahead.</param>
public sealed record MetricTotals(int Agents, int Series, long Stored, long RefusedBySeriesLimit, long RefusedByTime);
