namespace Outrider.Storage.Metrics;

/// <summary>Who came and went. What is gone comes before what is there: a name may be another's now.</summary>
/// <param name="Through">Where this page ends; rises.</param>
/// <param name="RemovedTenants">Numbers of tenants that are gone.</param>
/// <param name="RemovedAgents">Numbers of agents that are gone.</param>
/// <param name="Tenants">Tenants that are new or have changed.</param>
/// <param name="Agents">Agents that are new.</param>
/// <param name="Series">New series, by agent and ordinal; perhaps of agents that are gone.</param>
public sealed record MetricChanges(
    long Through, List<int> RemovedTenants, List<int> RemovedAgents, List<TenantRow> Tenants, List<AgentRow> Agents, List<SeriesRow> Series);
