using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Storage.Metrics;

/// <summary>
/// The metric store: batches go into a journal, from there into chunks, from those into roll-ups (docs/metrics.md). One process at a time
/// uses a backend, or several one that is an <see cref="ISharedMetricBackend"/>.
/// </summary>
public sealed class MetricStore : IMetricStore, IAsyncDisposable
{
    private static readonly ParallelOptions s_perCore = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    private readonly IMetricBackend _backend;
    private readonly TimeProvider _time;
    private readonly MetricStoreOptions _options;
    private readonly MetricDirectory _directory;
    private readonly IMetricPeers _peers;
    private readonly MetricAppender _appender;
    private readonly MetricReader _reader;
    private readonly MetricMaintenance _maintenance;
    private readonly CancellationTokenSource _ending = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Knows nothing yet: <see cref="LoadAsync"/> comes before all else.</summary>
    public MetricStore(IMetricBackend backend, TimeProvider time, MetricStoreOptions? options = null)
    {
        _backend = backend;
        _time = time;
        _options = options ?? new MetricStoreOptions();
        _directory = new MetricDirectory(backend);
        _reader = new MetricReader(backend, time);
        var loader = new MetricLoader(backend, _directory, _reader, time);
        _peers = backend is ISharedMetricBackend shared
            ? new SharedPeers(shared, _directory, loader, time, _options.RefreshAfter)
            : new NoPeers(loader);
        _appender = new MetricAppender(backend, _peers, time);
        _maintenance = new MetricMaintenance(backend, _directory, _peers, time, _options);
    }

    /// <summary>What kept the last maintenance from finishing some of its work; null: nothing did.</summary>
    public string? Fault => _maintenance.Fault;

    /// <summary>Sums over all tenants.</summary>
    public MetricTotals Totals => _directory.Tenants.Select(tenant => tenant.Usage()).Aggregate(
        new MetricTotals(0, 0, 0, 0, 0),
        (sum, one) => new MetricTotals(
            sum.Agents + one.Agents, sum.Series + one.Series, sum.Stored + one.Stored,
            sum.RefusedBySeriesLimit + one.RefusedBySeriesLimit, sum.RefusedByTime + one.RefusedByTime));

    /// <summary>Raised with <see cref="Fault"/> when it becomes another one.</summary>
    public event Action<string>? Faulted
    {
        add => _maintenance.Faulted += value;
        remove => _maintenance.Faulted -= value;
    }

    /// <summary>A store that has read who is there, and maintains.</summary>
    /// <exception cref="StorageException">The backend can't be read.</exception>
    public static async Task<MetricStore> OpenAsync(
        IMetricBackend backend, TimeProvider time, MetricStoreOptions? options = null, CancellationToken cancellation = default)
    {
        var store = new MetricStore(backend, time, options);
        await store.LoadAsync(cancellation).ConfigureAwait(false);
        return store;
    }

    /// <summary>Reads who is there, and begins to maintain.</summary>
    /// <exception cref="StorageException">The backend can't be read.</exception>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        await _peers.LoadAsync(cancellation).ConfigureAwait(false);
        if (_options.Interval is { } interval)
            _loop = LoopAsync(interval);
    }

    public async ValueTask<Outcome<MetricAppend>> AppendAsync(
        string tenant, string agent, ReadOnlyMemory<byte> batch, CancellationToken cancellation)
    {
        await _peers.RefreshAsync(cancellation).ConfigureAwait(false);
        while (true)
        {
            var (its, one) = _directory.TryGet(tenant, agent, out var known, out var found)
                ? (known, found)
                : await _directory.AddAgentAsync(tenant, agent, cancellation).ConfigureAwait(false);
            if (await _appender.AppendAsync(its, one, batch, cancellation).ConfigureAwait(false) is { } outcome)
                return outcome;
        }
    }

    public async ValueTask<Outcome<List<StoredSeries>>> FindAsync(
        string tenant, SeriesSelector selector, int limit, CancellationToken cancellation)
    {
        await _peers.RefreshAsync(cancellation).ConfigureAwait(false);
        return _directory.TryGet(tenant, out var its) ? its.Index.Find(selector, limit) : new List<StoredSeries>();
    }

    public async ValueTask<List<Sample?>> LatestAsync(string tenant, IReadOnlyList<StoredSeries> series, CancellationToken cancellation)
    {
        var agents = await FindAgentsAsync(tenant, series, cancellation).ConfigureAwait(false);
        if (_directory.TryGet(tenant, out var its))
            await _peers.CatchUpLatestAsync(its, agents.Values, cancellation).ConfigureAwait(false);
        return [.. series.Select(one => agents.GetValueOrDefault(SeriesId.Agent(one.Id))?.Latest(SeriesId.Ordinal(one.Id)))];
    }

    public async ValueTask<List<RecentSample>> ReadRecentAsync(
        string tenant, IReadOnlyCollection<string> metrics, long since, CancellationToken cancellation)
    {
        await _peers.RefreshAsync(cancellation).ConfigureAwait(false);
        if (!_directory.TryGet(tenant, out var its))
            return [];
        await _peers.CatchUpRecentAsync([.. its.Agents], cancellation).ConfigureAwait(false);
        return its.Index.Recent(metrics, since);
    }

    public async ValueTask<List<SeriesSamples>> ReadSamplesAsync(
        string tenant, IReadOnlyList<StoredSeries> series, long from, long to, CancellationToken cancellation)
    {
        var read = await ReadAsync(
            tenant, series, 1, (its, agent, work, ordinals) => _reader.ReadSamplesAsync(its, agent, work, ordinals, from, to, cancellation),
            cancellation).ConfigureAwait(false);
        return [.. read.Select((samples, i) => new SeriesSamples(series[i].Series, samples))];
    }

    public async ValueTask<List<List<MetricStep>>> ReadStepsAsync(
        string tenant, IReadOnlyList<StoredSeries> series, long from, long to, long step, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        return await ReadAsync(
            tenant, series, step, (its, agent, work, ordinals) => _reader.ReadStepsAsync(its, agent, work, ordinals, from, to, step, cancellation),
            cancellation).ConfigureAwait(false);
    }

    public async ValueTask<ProcessTable?> ReadProcessesAsync(string tenant, string agent, long at, CancellationToken cancellation)
    {
        await _peers.RefreshAsync(cancellation).ConfigureAwait(false);
        if (!_directory.TryGet(tenant, agent, out _, out var one))
            return null;
        var minute = (int)Math.Clamp(at / ChunkSpans.Minute, 0, int.MaxValue);
        if (await _backend.ReadProcessesAsync(one.No, minute, cancellation).ConfigureAwait(false) is not { } row)
            return null;
        var table = MetricBatchCodec.ReadProcesses(Deflated.Open(row.Bytes, MetricLimits.BatchBytes));
        return table.Value ?? throw new StorageException($"A snapshot of processes of agent {agent} is damaged: {table.Problem!.Message}");
    }

    public async ValueTask<MetricUsage> ReadUsageAsync(string tenant, CancellationToken cancellation)
    {
        await _peers.RefreshAsync(cancellation).ConfigureAwait(false);
        return _directory.TryGet(tenant, out var its) ? its.Usage() : new MetricUsage(0, 0, 0, 0, 0, new MetricPolicy());
    }

    public async ValueTask<Outcome<Done>> SetPolicyAsync(string tenant, MetricPolicy policy, CancellationToken cancellation)
    {
        if (policy.Fault() is { } fault)
            return new Problem(ProblemCodes.InvalidArgument, $"These metrics can't be kept so: {fault}.");
        await _peers.RefreshNowAsync(cancellation).ConfigureAwait(false);
        var its = await _directory.AddTenantAsync(tenant, cancellation).ConfigureAwait(false);
        await _backend.SetPolicyAsync(its.Row.No, policy, cancellation).ConfigureAwait(false);
        its.SetPolicy(policy);
        return Done.Value;
    }

    public async ValueTask DeleteAgentAsync(string tenant, string agent, CancellationToken cancellation)
    {
        await _maintenance.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await _peers.RefreshNowAsync(cancellation).ConfigureAwait(false);
            if (_directory.TryGet(tenant, agent, out var its, out var one))
                await _directory.RemoveAgentAsync(its, one, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _maintenance.Gate.Release();
        }
    }

    public async ValueTask DeleteTenantAsync(string tenant, CancellationToken cancellation)
    {
        await _maintenance.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            do
                await _peers.RefreshNowAsync(cancellation).ConfigureAwait(false);
            while (_directory.TryGet(tenant, out var its) && !await _directory.RemoveTenantAsync(its, cancellation).ConfigureAwait(false));
        }
        finally
        {
            _maintenance.Gate.Release();
        }
    }

    public async ValueTask<List<string>> CheckAsync(CancellationToken cancellation)
    {
        await _maintenance.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var faults = await CheckOnceAsync(cancellation).ConfigureAwait(false);
            // What is gone when looked at again was the work of another process, half seen.
            return faults.Count == 0 ? faults : [.. faults.Intersect(await CheckOnceAsync(cancellation).ConfigureAwait(false))];
        }
        finally
        {
            _maintenance.Gate.Release();
        }
    }

    /// <summary>Folds, compacts, rolls up and removes what is due.</summary>
    /// <param name="all">Empties every journal and removes what is old, due or not.</param>
    /// <param name="cancellation">Ends it early; whatever was done is whole.</param>
    public Task MaintainAsync(bool all = false, CancellationToken cancellation = default) => _maintenance.RunAsync(all, cancellation);

    /// <summary>Stops maintaining. The backend is the caller's to close.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ending.IsCancellationRequested)
            return;
        await _ending.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await _peers.StopLeadingAsync().ConfigureAwait(false);
        _ending.Dispose();
        _maintenance.Dispose();
        _peers.Dispose();
        _directory.Dispose();
    }

    private async Task LoopAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token).ConfigureAwait(false))
                await _maintenance.RunAsync(all: false, _ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The store is closed.
        }
    }

    private async ValueTask<List<string>> CheckOnceAsync(CancellationToken cancellation)
    {
        await _peers.RefreshNowAsync(cancellation).ConfigureAwait(false);
        return await new MetricChecker(_backend).CheckAsync([.. _directory.Tenants], cancellation).ConfigureAwait(false);
    }

    /// <summary>The agents of series, by their numbers; those that are there.</summary>
    private async ValueTask<Dictionary<int, AgentMetrics>> FindAgentsAsync(
        string tenant, IReadOnlyList<StoredSeries> series, CancellationToken cancellation)
    {
        await _peers.RefreshAsync(cancellation).ConfigureAwait(false);
        var agents = new Dictionary<int, AgentMetrics>();
        if (!_directory.TryGet(tenant, out var its))
            return agents;
        foreach (var one in series)
        {
            if (its.TryGet(SeriesId.Agent(one.Id), out var agent))
                agents[agent.No] = agent;
        }
        return agents;
    }

    /// <summary>Reads some agents at a time, one a core, and puts the results into the order of <paramref name="series"/>.</summary>
    private async ValueTask<List<List<T>>> ReadAsync<T>(
        string tenant, IReadOnlyList<StoredSeries> series, long step, Func<TenantMetrics, int, IAgentWork, int[], ValueTask<List<T>[]>> read,
        CancellationToken cancellation)
    {
        var result = new List<T>[series.Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = [];
        var known = await FindAgentsAsync(tenant, series, cancellation).ConfigureAwait(false);
        if (!_directory.TryGet(tenant, out var its))
            return [.. result];
        var workOf = await _peers.FindWorkAsync(known.Values, step, cancellation).ConfigureAwait(false);
        var agents = Enumerable.Range(0, series.Count).GroupBy(i => SeriesId.Agent(series[i].Id)).ToList();
        if (agents.Count > 1)
            await Parallel.ForEachAsync(agents, s_perCore, (agent, _) => ReadOneAsync(agent)).ConfigureAwait(false);
        else if (agents.Count == 1)
            await ReadOneAsync(agents[0]).ConfigureAwait(false);
        return [.. result];

        async ValueTask ReadOneAsync(IGrouping<int, int> ofAgent)
        {
            if (!known.TryGetValue(ofAgent.Key, out var agent))
                return;
            var ordinals = ofAgent.Select(i => SeriesId.Ordinal(series[i].Id)).Distinct().ToArray();
            var lists = await read(its, agent.No, workOf(agent), ordinals).ConfigureAwait(false);
            foreach (var i in ofAgent)
                result[i] = lists[Array.IndexOf(ordinals, SeriesId.Ordinal(series[i].Id))];
        }
    }
}
