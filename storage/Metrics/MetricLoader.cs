using Outrider.Protocol.Metrics;

namespace Outrider.Storage.Metrics;

/// <summary>Reads what the store keeps in memory: agents, their series, and what work waits.</summary>
internal static class MetricLoader
{
    private const int AllWindows = (1 << 22) - 1;

    public static async ValueTask<List<TenantMetrics>> LoadAsync(IMetricBackend backend, long now, CancellationToken cancellation)
    {
        var tenants = new List<TenantMetrics>();
        var agents = new Dictionary<int, AgentMetrics>();
        foreach (var row in await backend.ReadTenantsAsync(cancellation).ConfigureAwait(false))
        {
            var tenant = new TenantMetrics(row);
            tenants.Add(tenant);
            foreach (var agent in await backend.ReadAgentsAsync(row.No, cancellation).ConfigureAwait(false))
                agents.Add(agent.No, tenant.Add(Restore(agent)));
            foreach (var series in await backend.ReadSeriesAsync(row.No, cancellation).ConfigureAwait(false))
                AddSeries(tenant, agents[series.Agent], series);
        }
        foreach (var (no, count, bytes) in await backend.ReadJournalHeadsAsync(cancellation).ConfigureAwait(false))
            agents[no].Journaled(count, bytes, from: 0, now);
        foreach (var key in await backend.ReadKeysAsync(ChunkLevel.Folded, AllWindows, cancellation).ConfigureAwait(false))
            agents[key.Agent].FoundFolded(key.Window, key.Part);
        foreach (var (day, no) in await backend.ReadDaysAsync(cancellation).ConfigureAwait(false))
            agents[no].AddDay(day);
        return tenants;
    }

    private static AgentMetrics Restore(AgentRow row)
    {
        try
        {
            return new AgentMetrics(row);
        }
        catch (FormatException e)
        {
            throw new StorageException($"The record of agent {row.Name} in the metric store is damaged. Restore the store from a backup.", e);
        }
    }

    private static void AddSeries(TenantMetrics tenant, AgentMetrics agent, SeriesRow row)
    {
        var table = MetricBatchCodec.ReadSeriesTable(row.Table);
        if (!table.Ok || row.First != agent.SeriesCount)
            throw new StorageException($"The series of agent {agent.Name} in the metric store are damaged. Restore the store from a backup.");
        agent.AddSeries(tenant.Index.Add(agent, row.First, table.Value));
        tenant.Count(table.Value.Length);
    }
}
