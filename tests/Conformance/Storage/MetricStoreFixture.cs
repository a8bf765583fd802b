using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;
using Outrider.Storage.Metrics;
using Outrider.Testing.Time;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>A metric store in a place of its own, with a clock that stands still; maintained only when the test says so.</summary>
public sealed class MetricStoreFixture : IAsyncDisposable
{
    public const string Tenant = "acme";

    private static readonly MetricStoreOptions s_options = new() { Interval = null };

    private readonly MetricPlace _place;
    private readonly Dictionary<string, ulong> _seq = [];

    private MetricStoreFixture(MetricPlace place, FakeTime time) => (_place, Time) = (place, time);

    public FakeTime Time { get; }

    public IMetricBackend Backend { get; private set; } = null!;

    public MetricStore Store { get; private set; } = null!;

    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="place">Is its to dispose.</param>
    /// <param name="time">Whose clock it is; null: one of its own.</param>
    public static async Task<MetricStoreFixture> OpenAsync(MetricPlace place, FakeTime? time = null)
    {
        var fixture = new MetricStoreFixture(place, time ?? new FakeTime(new DateTimeOffset(2026, 1, 10, 0, 0, 0, TimeSpan.Zero)));
        await fixture.ConnectAsync();
        return fixture;
    }

    /// <summary>Closes store and backend and opens both again.</summary>
    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        await _place.CloseAsync(Backend);
        await ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _place.CloseAsync(Backend);
        await _place.DisposeAsync();
    }

    /// <summary>Stores a batch under the agent's next number.</summary>
    public Task<MetricAppend> AppendAsync(string agent, params SeriesSamples[] series) => AppendAsync(Tenant, agent, series);

    public async Task<MetricAppend> AppendAsync(string tenant, string agent, SeriesSamples[] series, ProcessTable? processes = null)
    {
        var seq = _seq[agent] = _seq.GetValueOrDefault(agent) + 1;
        var outcome = await Store.AppendAsync(tenant, agent, Batch(seq, series, processes), default);
        Assert.Null(outcome.Problem);
        return outcome.Value!;
    }

    public static byte[] Batch(ulong seq, SeriesSamples[] series, ProcessTable? processes = null) =>
        MetricBatchCodec.Encode(new MetricBatch("boot-1", seq, series, processes)).Value!;

    public static SeriesSamples Of(string metric, params Sample[] samples) => new(new Series(metric), samples);

    public async Task<List<StoredSeries>> FindAsync(params LabelMatcher[] matchers) =>
        (await Store.FindAsync(Tenant, new SeriesSelector(matchers), 1_000, default)).Value!;

    /// <summary>The only series of a metric and agent.</summary>
    public async Task<StoredSeries> OneAsync(string metric, string agent) =>
        Assert.Single((await Store.FindAsync(Tenant, SeriesSelector.Of(metric, agent), 1_000, default)).Value!);

    public async Task<List<Sample>> SamplesAsync(StoredSeries series, long from, long to) =>
        [.. Assert.Single(await Store.ReadSamplesAsync(Tenant, [series], from, to, default)).Samples];

    public async Task<List<MetricStep>> StepsAsync(StoredSeries series, long from, long to, long step) =>
        Assert.Single(await Store.ReadStepsAsync(Tenant, [series], from, to, step, default));

    /// <summary>How many chunks there are.</summary>
    public async Task<int> ChunksAsync()
    {
        var count = 0;
        foreach (var level in Enum.GetValues<ChunkLevel>())
            count += (await Backend.ReadKeysAsync(level, int.MaxValue >> 10, default)).Count;
        return count;
    }

    private async Task ConnectAsync()
    {
        Backend = _place.Open();
        Store = await MetricStore.OpenAsync(Backend, Time, s_options);
    }
}
