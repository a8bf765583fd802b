using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;
using Outrider.Storage.Metrics;
using Outrider.Storage.Shared;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>One of several processes that have a metric store on the same database.</summary>
public sealed class MetricNode : IAsyncDisposable
{
    public const string Tenant = "acme";

    private MetricNode(SharedMetricBackend backend, MetricStore store) => (Backend, Store) = (backend, store);

    public SharedMetricBackend Backend { get; }

    public MetricStore Store { get; }

    /// <param name="backend">Is its to dispose.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="refreshAfter">Null: it looks each time what the others have done.</param>
    public static async Task<MetricNode> StartAsync(SharedMetricBackend backend, TimeProvider time, TimeSpan? refreshAfter = null) => new(
        backend,
        await MetricStore.OpenAsync(backend, time, new MetricStoreOptions { Interval = null, RefreshAfter = refreshAfter ?? TimeSpan.Zero }));

    /// <summary>Stores one sample as a batch of that number.</summary>
    public Task<MetricAppend> AppendAsync(string agent, ulong seq, Sample sample, string metric = "n") =>
        AppendAsync(agent, seq, MetricStoreFixture.Of(metric, sample));

    public async Task<MetricAppend> AppendAsync(string agent, ulong seq, params SeriesSamples[] series)
    {
        var outcome = await Store.AppendAsync(Tenant, agent, MetricStoreFixture.Batch(seq, series), default);
        Assert.Null(outcome.Problem);
        return outcome.Value!;
    }

    public async Task<List<StoredSeries>> FindAsync() => (await Store.FindAsync(Tenant, new SeriesSelector(), 1_000, default)).Value!;

    public async Task<StoredSeries> OneAsync(string agent, string metric = "n") =>
        Assert.Single((await Store.FindAsync(Tenant, SeriesSelector.Of(metric, agent), 1_000, default)).Value!);

    /// <summary>All samples of an agent's series.</summary>
    public async Task<IReadOnlyList<Sample>> SamplesAsync(string agent, string metric = "n") =>
        Assert.Single(await Store.ReadSamplesAsync(Tenant, [await OneAsync(agent, metric)], 0, long.MaxValue, default)).Samples;

    public async Task<Sample?> LatestAsync(string agent) =>
        Assert.Single(await Store.LatestAsync(Tenant, [await OneAsync(agent)], default));

    /// <summary>Ends as a process does that is told to.</summary>
    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Backend.DisposeAsync();
    }
}
