namespace Outrider.Storage.Metrics;

/// <summary>
/// Keeps the rows of the metric store and understands none of them: tenants, agents, series tables, journal, chunks, days to roll up,
/// process snapshots. One per kind of database. Safe for concurrent callers.
/// </summary>
public interface IMetricBackend
{
    ValueTask<List<TenantRow>> ReadTenantsAsync(CancellationToken cancellation);

    ValueTask<List<AgentRow>> ReadAgentsAsync(int tenant, CancellationToken cancellation);

    /// <summary>Of all agents of a tenant, by agent and ordinal.</summary>
    ValueTask<List<SeriesRow>> ReadSeriesAsync(int tenant, CancellationToken cancellation);

    ValueTask<List<JournalHead>> ReadJournalHeadsAsync(CancellationToken cancellation);

    ValueTask<List<DayOfAgent>> ReadDaysAsync(CancellationToken cancellation);

    /// <summary>Keys of all chunks of a level whose window is before <paramref name="beforeWindow"/>, in order.</summary>
    ValueTask<List<ChunkKey>> ReadKeysAsync(ChunkLevel level, int beforeWindow, CancellationToken cancellation);

    /// <summary>
    /// The journal of an agent (null: not wanted) and chunks; those of a level by key. What moves meanwhile from the journal to folded
    /// chunks, or from those to others, is found in one of them or in both, never in none.
    /// </summary>
    ValueTask<(List<JournalEntry> Journal, List<StoredChunk> Chunks)> ReadAsync(
        int? journalOf, IReadOnlyList<ChunkRange> ranges, CancellationToken cancellation);

    /// <summary>The newest snapshot up to a minute; null: none.</summary>
    ValueTask<ProcessesRow?> ReadProcessesAsync(int agent, int minute, CancellationToken cancellation);

    /// <summary>Adds a tenant, or finds the one of that name.</summary>
    ValueTask<TenantRow> AddTenantAsync(string name, CancellationToken cancellation);

    /// <summary>Adds an agent, or finds the one of that name.</summary>
    ValueTask<AgentRow> AddAgentAsync(int tenant, string name, CancellationToken cancellation);

    /// <summary>Carries out all of it, durable when it returns. False: the agent is at another version, and nothing was done.</summary>
    ValueTask<bool> WriteAsync(MetricWrite write, CancellationToken cancellation);

    /// <summary>Removes an agent with all it has.</summary>
    ValueTask RemoveAgentAsync(int agent, CancellationToken cancellation);

    /// <summary>Removes a tenant that has no agents.</summary>
    ValueTask RemoveTenantAsync(int tenant, CancellationToken cancellation);
}
