using Outrider.Grains.Metrics;

namespace Outrider.Storage.Metrics;

/// <summary>
/// Keeps the rows of the metric store and understands none of them: tenants, agents, series tables, journal, chunks, days to roll up,
/// process snapshots. One per kind of database. Safe for concurrent callers. One that several processes use at once is an
/// <see cref="ISharedMetricBackend"/>.
/// </summary>
public interface IMetricBackend
{
    /// <summary>The next page of who is there: tenants, agents and series that came or went since another page.</summary>
    /// <param name="after">Where that page ended; 0: from the beginning.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>A page that ends at <paramref name="after"/> is empty, and there is nothing more for now.</returns>
    ValueTask<MetricChanges> ReadChangesAsync(long after, CancellationToken cancellation);

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

    /// <summary>Adds an agent, or finds the one of that name. Null: the tenant was removed.</summary>
    ValueTask<AgentRow?> AddAgentAsync(int tenant, string name, CancellationToken cancellation);

    /// <summary>Stores a batch whole, durable when it returns. False: the agent is at another version, or gone, and nothing was done.</summary>
    ValueTask<bool> AppendAsync(BatchWrite batch, CancellationToken cancellation);

    /// <summary>Carries out all of it or nothing, durable when it returns. What is of agents that are gone is left out.</summary>
    ValueTask MoveAsync(MetricMove move, CancellationToken cancellation);

    ValueTask SetPolicyAsync(int tenant, MetricPolicy policy, CancellationToken cancellation);

    /// <summary>Removes an agent with all it has.</summary>
    ValueTask RemoveAgentAsync(int agent, CancellationToken cancellation);

    /// <summary>Removes a tenant. False: it has agents, and nothing was done.</summary>
    ValueTask<bool> RemoveTenantAsync(int tenant, CancellationToken cancellation);
}
