namespace Outrider.Storage.Metrics;

/// <summary>Reads what the store keeps in memory: agents, their series, their latest samples, and what work waits.</summary>
internal sealed class MetricLoader(IMetricBackend backend, MetricDirectory directory, MetricReader reader, TimeProvider time)
{
    private const long LatestReach = 4 * ChunkSpans.Hour;
    private const int AllWindows = (1 << PackedKey.WindowBits) - 1;

    public ValueTask LoadWhoAsync(CancellationToken cancellation) => directory.CatchUpAsync(cancellation);

    /// <summary>Which windows have folded chunks, and which days are to be rolled up.</summary>
    public async ValueTask LoadWorkAsync(CancellationToken cancellation)
    {
        var agents = Agents();
        foreach (var agent in agents.Values)
            agent.ForgetWork();
        foreach (var key in await backend.ReadKeysAsync(ChunkLevel.Folded, AllWindows, cancellation).ConfigureAwait(false))
            agents.GetValueOrDefault(key.Agent)?.FoundFolded(key.Window, key.Part);
        foreach (var (day, no) in await backend.ReadDaysAsync(cancellation).ConfigureAwait(false))
            agents.GetValueOrDefault(no)?.AddDay(day);
    }

    /// <summary>How much waits in the journal.</summary>
    public async ValueTask LoadWaitingAsync(CancellationToken cancellation)
    {
        var now = Now();
        var heads = (await backend.ReadJournalHeadsAsync(cancellation).ConfigureAwait(false)).ToDictionary(head => head.Agent);
        foreach (var agent in Agents().Values)
            agent.SetWaiting(heads.GetValueOrDefault(agent.No), now);
    }

    /// <summary>The latest samples of all series of an agent, as of a version or later.</summary>
    public async ValueTask LoadLatestAsync(
        TenantMetrics tenant, AgentMetrics agent, IAgentWork work, long through, CancellationToken cancellation)
    {
        var now = Now();
        var ordinals = Enumerable.Range(0, agent.SeriesCount).ToArray();
        var read = await reader.ReadSamplesAsync(tenant, agent.No, work, ordinals, now - LatestReach, now + ChunkSpans.Day, cancellation)
            .ConfigureAwait(false);
        for (var i = 0; i < read.Length; i++)
        {
            if (read[i].Count > 0)
                agent.SetLatest(i, read[i][^1]);
        }
        agent.KnowLatest(through);
    }

    private Dictionary<int, AgentMetrics> Agents() =>
        directory.Tenants.SelectMany(tenant => tenant.Agents).ToDictionary(agent => agent.No);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
