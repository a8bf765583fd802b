namespace Outrider.Storage.Metrics;

/// <summary>A store that one process has for itself: what it knows is what there is.</summary>
internal sealed class NoPeers(MetricLoader loader) : IMetricPeers
{
    public bool Leads => true;

    public async ValueTask LoadAsync(CancellationToken cancellation)
    {
        await loader.LoadWhoAsync(cancellation).ConfigureAwait(false);
        await loader.LoadWorkAsync(cancellation).ConfigureAwait(false);
        await loader.LoadWaitingAsync(cancellation).ConfigureAwait(false);
    }

    public ValueTask RefreshAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask RefreshNowAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask CatchUpAsync(TenantMetrics tenant, AgentMetrics agent, CancellationToken cancellation) =>
        throw new StorageException($"Another process writes the metrics of agent {agent.Name}. Let one centre use this store.");

    public async ValueTask CatchUpLatestAsync(
        TenantMetrics tenant, IReadOnlyCollection<AgentMetrics> agents, CancellationToken cancellation)
    {
        foreach (var agent in agents.Where(agent => agent.LatestThrough < 0))
            await loader.LoadLatestAsync(tenant, agent, agent, through: 0, cancellation).ConfigureAwait(false);
    }

    public ValueTask CatchUpRecentAsync(IReadOnlyCollection<AgentMetrics> agents, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask<Func<AgentMetrics, IAgentWork>> FindWorkAsync(
        IReadOnlyCollection<AgentMetrics> agents, long step, CancellationToken cancellation) =>
        ValueTask.FromResult<Func<AgentMetrics, IAgentWork>>(static agent => agent);

    public ValueTask<bool> LeadAsync(CancellationToken cancellation) => ValueTask.FromResult(true);

    public ValueTask StopLeadingAsync() => ValueTask.CompletedTask;

    public void Dispose()
    {
    }
}
