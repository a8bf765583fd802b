using System.Collections.Concurrent;
using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Storage.Metrics;

/// <summary>
/// The metric store: batches go into a journal, from there into chunks, from those into roll-ups (docs/metrics.md). One process at a time
/// uses a backend.
/// </summary>
public sealed class MetricStore : IMetricStore, IAsyncDisposable
{
    private const long LatestReach = 4 * ChunkSpans.Hour;

    private static readonly ParallelOptions s_perCore = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    private readonly IMetricBackend _backend;
    private readonly TimeProvider _time;
    private readonly MetricStoreOptions _options;
    private readonly MetricAppender _appender;
    private readonly MetricReader _reader;
    private readonly MetricMaintenance _maintenance;
    private readonly ConcurrentDictionary<string, TenantMetrics> _tenants = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _adding = new(1);
    private readonly CancellationTokenSource _ending = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Knows nothing yet: <see cref="LoadAsync"/> comes before all else.</summary>
    public MetricStore(IMetricBackend backend, TimeProvider time, MetricStoreOptions? options = null)
    {
        _backend = backend;
        _time = time;
        _options = options ?? new MetricStoreOptions();
        _appender = new MetricAppender(backend, time);
        _reader = new MetricReader(backend, time);
        _maintenance = new MetricMaintenance(backend, time, _options, () => _tenants.Values);
    }

    /// <summary>What kept the last maintenance from finishing some of its work; null: nothing did.</summary>
    public string? Fault => _maintenance.Fault;

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
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var tenant in await MetricLoader.LoadAsync(_backend, now, cancellation).ConfigureAwait(false))
            _tenants[tenant.Row.Name] = tenant;
        if (_options.Interval is { } interval)
            _loop = LoopAsync(interval);
    }

    public async ValueTask<Outcome<MetricAppend>> AppendAsync(
        string tenant, string agent, ReadOnlyMemory<byte> batch, CancellationToken cancellation)
    {
        while (true)
        {
            var (its, one) = _tenants.TryGetValue(tenant, out var known) && known.TryGet(agent, out var found)
                ? (known, found)
                : await AddAgentAsync(tenant, agent, cancellation).ConfigureAwait(false);
            if (await _appender.AppendAsync(its, one, batch, cancellation).ConfigureAwait(false) is { } outcome)
                return outcome;
        }
    }

    public ValueTask<Outcome<List<StoredSeries>>> FindAsync(
        string tenant, SeriesSelector selector, int limit, CancellationToken cancellation) =>
        ValueTask.FromResult(_tenants.TryGetValue(tenant, out var its) ? its.Index.Find(selector, limit) : new List<StoredSeries>());

    public async ValueTask<List<Sample?>> LatestAsync(string tenant, IReadOnlyList<StoredSeries> series, CancellationToken cancellation)
    {
        var latest = new List<Sample?>(series.Count);
        foreach (var one in series)
        {
            if (!_tenants.TryGetValue(tenant, out var its) || !its.TryGet(SeriesId.Agent(one.Id), out var agent))
            {
                latest.Add(null);
                continue;
            }
            if (!agent.LatestLoaded)
                await LoadLatestAsync(its, agent, cancellation).ConfigureAwait(false);
            latest.Add(agent.Latest(SeriesId.Ordinal(one.Id)));
        }
        return latest;
    }

    public async ValueTask<List<SeriesSamples>> ReadSamplesAsync(
        string tenant, IReadOnlyList<StoredSeries> series, long from, long to, CancellationToken cancellation)
    {
        var read = await ReadAsync(
            tenant, series, (its, agent, ordinals) => _reader.ReadSamplesAsync(its, agent, ordinals, from, to, cancellation))
            .ConfigureAwait(false);
        return [.. read.Select((samples, i) => new SeriesSamples(series[i].Series, samples))];
    }

    public async ValueTask<List<List<MetricStep>>> ReadStepsAsync(
        string tenant, IReadOnlyList<StoredSeries> series, long from, long to, long step, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        return await ReadAsync(
            tenant, series, (its, agent, ordinals) => _reader.ReadStepsAsync(its, agent, ordinals, from, to, step, cancellation))
            .ConfigureAwait(false);
    }

    public async ValueTask<ProcessTable?> ReadProcessesAsync(string tenant, string agent, long at, CancellationToken cancellation)
    {
        if (!_tenants.TryGetValue(tenant, out var its) || !its.TryGet(agent, out var one))
            return null;
        var minute = (int)Math.Clamp(at / ChunkSpans.Minute, 0, int.MaxValue);
        if (await _backend.ReadProcessesAsync(one.No, minute, cancellation).ConfigureAwait(false) is not { } row)
            return null;
        var table = MetricBatchCodec.ReadProcesses(Deflated.Open(row.Bytes, MetricLimits.BatchBytes));
        return table.Value ?? throw new StorageException($"A snapshot of processes of agent {agent} is damaged: {table.Problem!.Message}");
    }

    public ValueTask<MetricUsage> ReadUsageAsync(string tenant, CancellationToken cancellation) =>
        ValueTask.FromResult(_tenants.TryGetValue(tenant, out var its) ? its.Usage() : new MetricUsage(0, 0, 0, 0, 0, new MetricPolicy()));

    public async ValueTask<Outcome<Done>> SetPolicyAsync(string tenant, MetricPolicy policy, CancellationToken cancellation)
    {
        if (policy.Fault() is { } fault)
            return new Problem(ProblemCodes.InvalidArgument, $"These metrics can't be kept so: {fault}.");
        var its = await AddTenantAsync(tenant, cancellation).ConfigureAwait(false);
        await _maintenance.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var row = its.Row with { Policy = policy };
            await _backend.WriteAsync(new MetricWrite { Tenant = row }, cancellation).ConfigureAwait(false);
            its.Row = row;
            return Done.Value;
        }
        finally
        {
            _maintenance.Gate.Release();
        }
    }

    public async ValueTask DeleteAgentAsync(string tenant, string agent, CancellationToken cancellation)
    {
        if (!_tenants.TryGetValue(tenant, out var its) || !its.TryGet(agent, out var one))
            return;
        await _maintenance.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await RemoveAsync(its, one, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _maintenance.Gate.Release();
        }
    }

    public async ValueTask DeleteTenantAsync(string tenant, CancellationToken cancellation)
    {
        if (!_tenants.TryGetValue(tenant, out var its))
            return;
        await _maintenance.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        await _adding.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            foreach (var agent in its.Agents)
                await RemoveAsync(its, agent, cancellation).ConfigureAwait(false);
            await _backend.RemoveTenantAsync(its.Row.No, cancellation).ConfigureAwait(false);
            _tenants.TryRemove(tenant, out _);
        }
        finally
        {
            _adding.Release();
            _maintenance.Gate.Release();
        }
    }

    public async ValueTask<List<string>> CheckAsync(CancellationToken cancellation)
    {
        await _maintenance.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await new MetricChecker(_backend).CheckAsync([.. _tenants.Values], cancellation).ConfigureAwait(false);
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
        _ending.Dispose();
        _adding.Dispose();
        _maintenance.Dispose();
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

    /// <summary>Reads some agents at a time, one a core, and puts the results into the order of <paramref name="series"/>.</summary>
    private async ValueTask<List<List<T>>> ReadAsync<T>(
        string tenant, IReadOnlyList<StoredSeries> series, Func<TenantMetrics, AgentMetrics, int[], ValueTask<List<T>[]>> read)
    {
        var result = new List<T>[series.Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = [];
        if (!_tenants.TryGetValue(tenant, out var its))
            return [.. result];
        var agents = Enumerable.Range(0, series.Count).GroupBy(i => SeriesId.Agent(series[i].Id)).ToList();
        if (agents.Count > 1)
            await Parallel.ForEachAsync(agents, s_perCore, (agent, _) => ReadOneAsync(agent)).ConfigureAwait(false);
        else if (agents.Count == 1)
            await ReadOneAsync(agents[0]).ConfigureAwait(false);
        return [.. result];

        async ValueTask ReadOneAsync(IGrouping<int, int> ofAgent)
        {
            if (!its.TryGet(ofAgent.Key, out var agent))
                return;
            var ordinals = ofAgent.Select(i => SeriesId.Ordinal(series[i].Id)).Distinct().ToArray();
            var lists = await read(its, agent, ordinals).ConfigureAwait(false);
            foreach (var i in ofAgent)
                result[i] = lists[Array.IndexOf(ordinals, SeriesId.Ordinal(series[i].Id))];
        }
    }

    private async ValueTask LoadLatestAsync(TenantMetrics tenant, AgentMetrics agent, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var ordinals = Enumerable.Range(0, agent.SeriesCount).ToArray();
        var read = await _reader.ReadSamplesAsync(tenant, agent, ordinals, now - LatestReach, now + ChunkSpans.Day, cancellation)
            .ConfigureAwait(false);
        for (var i = 0; i < read.Length; i++)
        {
            if (read[i].Count > 0)
                agent.SetLatest(i, read[i][^1]);
        }
        agent.LatestLoaded = true;
    }

    private async ValueTask<TenantMetrics> AddTenantAsync(string name, CancellationToken cancellation)
    {
        await _adding.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await AddTenantNeedsLockAsync(name, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _adding.Release();
        }
    }

    private async ValueTask<(TenantMetrics, AgentMetrics)> AddAgentAsync(string tenant, string name, CancellationToken cancellation)
    {
        await _adding.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var its = await AddTenantNeedsLockAsync(tenant, cancellation).ConfigureAwait(false);
            if (its.TryGet(name, out var known))
                return (its, known);
            var row = await _backend.AddAgentAsync(its.Row.No, name, cancellation).ConfigureAwait(false);
            return (its, its.Add(new AgentMetrics(row) { LatestLoaded = true }));
        }
        finally
        {
            _adding.Release();
        }
    }

    private async ValueTask<TenantMetrics> AddTenantNeedsLockAsync(string name, CancellationToken cancellation)
    {
        if (!_tenants.TryGetValue(name, out var known))
            _tenants[name] = known = new TenantMetrics(await _backend.AddTenantAsync(name, cancellation).ConfigureAwait(false));
        return known;
    }

    private async ValueTask RemoveAsync(TenantMetrics tenant, AgentMetrics agent, CancellationToken cancellation)
    {
        await agent.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await _backend.RemoveAgentAsync(agent.No, cancellation).ConfigureAwait(false);
            agent.Removed = true;
            tenant.Remove(agent);
        }
        finally
        {
            agent.Gate.Release();
        }
    }
}
