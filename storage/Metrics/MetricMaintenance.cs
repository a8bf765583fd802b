namespace Outrider.Storage.Metrics;

/// <summary>The work behind the writers' backs: fold, compact, roll up, remove. One pass at a time.</summary>
internal sealed class MetricMaintenance(
    IMetricBackend backend, MetricDirectory directory, IMetricPeers peers, TimeProvider time, MetricStoreOptions options) : IDisposable
{
    private const long RetentionEvery = ChunkSpans.Hour;

    private readonly MetricFolder _folder = new(backend);
    private readonly MetricCompactor _compactor = new(backend);
    private readonly MetricRoller _roller = new(backend);
    private readonly MetricRetention _retention = new(backend);
    private long _retainedAt;

    /// <summary>Held during a pass, and by whoever removes an agent.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>What kept the last pass from finishing some of its work; null: nothing did.</summary>
    public string? Fault { get; private set; }

    /// <summary>Raised with <see cref="Fault"/> when it becomes another one.</summary>
    public event Action<string>? Faulted;

    /// <summary>Does all that is due. What fails for an agent is tried again in the next pass, and keeps no other from its turn.</summary>
    /// <param name="all">Folds every journal and removes what is old, due or not.</param>
    /// <param name="cancellation">Ends the pass early; whatever was done is whole.</param>
    public async Task RunAsync(bool all, CancellationToken cancellation)
    {
        await Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var (before, leads) = (Fault, false);
            Fault = await TryAsync(async () => leads = await peers.LeadAsync(cancellation).ConfigureAwait(false)).ConfigureAwait(false);
            if (leads)
                Fault = await PassAsync(all, cancellation).ConfigureAwait(false);
            if (Fault is { } fault && fault != before)
                Faulted?.Invoke(fault);
        }
        finally
        {
            Gate.Release();
        }
    }

    public void Dispose() => Gate.Dispose();

    private async Task<string?> PassAsync(bool all, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        string? fault = null;
        foreach (var (tenant, agent) in directory.Tenants.SelectMany(tenant => tenant.Agents.Select(agent => (tenant, agent))))
        {
            // Another process may have taken over, and knows better what is due.
            if (!peers.Leads)
                return fault;
            fault = await TryAsync(() => RunAsync(tenant, agent, all, now, cancellation)).ConfigureAwait(false) ?? fault;
        }
        if (!all && now - _retainedAt < RetentionEvery)
            return fault;
        _retention.Begin();
        foreach (var tenant in directory.Tenants)
        {
            if (!peers.Leads)
                return fault;
            fault = await TryAsync(() => _retention.RunAsync(tenant, now, cancellation)).ConfigureAwait(false) ?? fault;
        }
        _retainedAt = now;
        return fault;
    }

    private async ValueTask RunAsync(TenantMetrics tenant, AgentMetrics agent, bool all, long now, CancellationToken cancellation)
    {
        var grace = (long)options.Grace.TotalMilliseconds;
        if (agent.IsDueToFold(all ? 1 : options.FoldEntries, options.FoldBytes, now - (long)options.FoldAfter.TotalMilliseconds))
            await _folder.FoldAsync(tenant, agent, now, cancellation).ConfigureAwait(false);
        foreach (var window in agent.DueToCompact((int)((now - grace) / ChunkSpans.RawWindow), options.CompactParts))
            await _compactor.CompactAsync(tenant, agent, window, cancellation).ConfigureAwait(false);
        foreach (var day in agent.DueDays((int)((now - grace) / ChunkSpans.Day)))
            await _roller.RollUpAsync(tenant, agent, day, cancellation).ConfigureAwait(false);
    }

    private static async ValueTask<string?> TryAsync(Func<ValueTask> work)
    {
        try
        {
            await work().ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return e.Message;
        }
    }
}
