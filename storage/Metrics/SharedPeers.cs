using Outrider.Protocol.Metrics;

namespace Outrider.Storage.Metrics;

/// <summary>
/// Other processes that use the store at the same time, through the same database. Who came and went is read by change numbers; what
/// others wrote of an agent shows by its version; the one that maintains has the database's leave and reads there what is due.
/// </summary>
internal sealed class SharedPeers(
    ISharedMetricBackend backend, MetricDirectory directory, MetricLoader loader, TimeProvider time, TimeSpan refreshAfter) : IMetricPeers
{
    /// <summary>Batches of an agent that are read for its recent samples at most: what it measures comes in one of a few.</summary>
    private const int RecentBatches = 6;

    private readonly SemaphoreSlim _refreshing = new(1);
    private long _refreshedAt;
    private long? _leadNumber;

    public bool Leads => backend.Leads;

    public ValueTask LoadAsync(CancellationToken cancellation) => RefreshNowAsync(cancellation);

    public ValueTask RefreshAsync(CancellationToken cancellation) =>
        IsFresh() ? ValueTask.CompletedTask : RefreshAsync(evenIfFresh: false, cancellation);

    public ValueTask RefreshNowAsync(CancellationToken cancellation) => RefreshAsync(evenIfFresh: true, cancellation);

    public async ValueTask CatchUpAsync(TenantMetrics tenant, AgentMetrics agent, CancellationToken cancellation)
    {
        if (await backend.ReadAgentAsync(agent.No, agent.SeriesCount, cancellation).ConfigureAwait(false) is not var (row, series))
        {
            tenant.Remove(agent);
            return;
        }
        foreach (var table in series)
            tenant.AddStored(agent, table);
        agent.Learn(row);
    }

    public async ValueTask CatchUpLatestAsync(
        TenantMetrics tenant, IReadOnlyCollection<AgentMetrics> agents, CancellationToken cancellation)
    {
        var known = agents.ToDictionary(agent => agent.No, agent => agent.LatestThrough);
        // The journal first: what was folded before it was read, the heads tell.
        var entries = await backend.ReadJournalAsync(
            [.. known.Where(pair => pair.Value >= 0).Select(pair => (pair.Key, pair.Value))], cancellation).ConfigureAwait(false);
        var heads = (await backend.ReadHeadsAsync(known.Keys, cancellation).ConfigureAwait(false)).ToDictionary(head => head.Agent);
        var news = entries.ToLookup(entry => entry.Agent, entry => entry.Entry);
        var scratch = new MetricScratch();
        foreach (var agent in agents)
        {
            if (heads.TryGetValue(agent.No, out var head) && known[agent.No] < head.Folded)
                await loader.LoadLatestAsync(tenant, agent, WorkNotKnown.Instance, head.Version, cancellation).ConfigureAwait(false);
            else
                TakeLatest(agent, news[agent.No], scratch);
        }
    }

    public async ValueTask CatchUpRecentAsync(IReadOnlyCollection<AgentMetrics> agents, CancellationToken cancellation)
    {
        var known = agents.ToDictionary(agent => agent.No);
        var behind = (await backend.ReadHeadsAsync(known.Keys, cancellation).ConfigureAwait(false))
            .Where(head => known[head.Agent].RecentThrough < head.Version).ToList();
        // What is folded meanwhile, the agent's next batch makes up for.
        var entries = await backend.ReadJournalAsync(
            [.. behind.Select(head => (head.Agent, Math.Max(known[head.Agent].RecentThrough, head.Version - RecentBatches)))], cancellation)
            .ConfigureAwait(false);
        var scratch = new MetricScratch();
        foreach (var (agent, entry) in entries)
            TakeSamples(known[agent], entry, scratch);
        foreach (var head in behind)
            known[head.Agent].KnowRecent(head.Version);
    }

    public async ValueTask<Func<AgentMetrics, IAgentWork>> FindWorkAsync(
        IReadOnlyCollection<AgentMetrics> agents, long step, CancellationToken cancellation)
    {
        // Only coarser steps can come from roll-ups that may be incomplete.
        if (step % ChunkSpans.Step(ChunkLevel.FiveMinutes) != 0)
            return static _ => WorkNotKnown.Instance;
        var heads = (await backend.ReadHeadsAsync([.. agents.Select(agent => agent.No)], cancellation).ConfigureAwait(false))
            .ToDictionary(head => head.Agent);
        return agent => heads.TryGetValue(agent.No, out var head) ? head : WorkNotKnown.Instance;
    }

    public async ValueTask<bool> LeadAsync(CancellationToken cancellation)
    {
        if (await backend.LeadAsync(cancellation).ConfigureAwait(false) is not { } number)
            return false;
        await RefreshNowAsync(cancellation).ConfigureAwait(false);
        if (number != _leadNumber)
        {
            await loader.LoadWorkAsync(cancellation).ConfigureAwait(false);
            _leadNumber = number;
        }
        await loader.LoadWaitingAsync(cancellation).ConfigureAwait(false);
        return true;
    }

    public async ValueTask StopLeadingAsync()
    {
        try
        {
            await backend.StopLeadingAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (StorageException)
        {
            // Then it ends by itself.
        }
    }

    public void Dispose() => _refreshing.Dispose();

    private async ValueTask RefreshAsync(bool evenIfFresh, CancellationToken cancellation)
    {
        await _refreshing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Another caller's, while this one waited.
            if (!evenIfFresh && IsFresh())
                return;
            var started = time.GetTimestamp();
            await directory.CatchUpAsync(cancellation).ConfigureAwait(false);
            Interlocked.Exchange(ref _refreshedAt, started);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private bool IsFresh() => time.GetElapsedTime(Interlocked.Read(ref _refreshedAt)) < refreshAfter;

    private static void TakeLatest(AgentMetrics agent, IEnumerable<JournalEntry> entries, MetricScratch scratch)
    {
        foreach (var entry in entries)
        {
            TakeSamples(agent, entry, scratch);
            agent.KnowLatest(entry.Id);
        }
    }

    private static void TakeSamples(AgentMetrics agent, JournalEntry entry, MetricScratch scratch)
    {
        scratch.Sorter.Clear();
        scratch.Take(entry, null);
        var count = scratch.Sorter.Sort();
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            if (scratch.Sorter.Times(ordinal) is [.., var time])
                agent.SetLatest(ordinal, new Sample(time, scratch.Sorter.Values(ordinal)[^1]));
        }
    }
}
