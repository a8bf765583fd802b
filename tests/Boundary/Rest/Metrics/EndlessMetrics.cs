using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Boundary.Rest.Metrics;

/// <summary>A store in which one series has a sample at each second there is, and which counts how often it is read.</summary>
internal sealed class EndlessMetrics : IMetricStore
{
    public int Reads { get; private set; }

    public ValueTask<List<SeriesSamples>> ReadSamplesAsync(
        string tenant, IReadOnlyList<StoredSeries> series, long from, long to, CancellationToken cancellation)
    {
        Reads++;
        return ValueTask.FromResult(series.Select(one => new SeriesSamples(
            one.Series, [.. Enumerable.Range(0, (int)((to - from) / 1_000)).Select(i => new Sample(from + i * 1_000, i))])).ToList());
    }

    public ValueTask<Outcome<MetricAppend>> AppendAsync(string tenant, string agent, ReadOnlyMemory<byte> batch, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<Outcome<List<StoredSeries>>> FindAsync(string tenant, SeriesSelector selector, int limit, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<List<Sample?>> LatestAsync(string tenant, IReadOnlyList<StoredSeries> series, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<List<RecentSample>> ReadRecentAsync(
        string tenant, IReadOnlyCollection<string> metrics, long since, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<List<List<MetricStep>>> ReadStepsAsync(
        string tenant, IReadOnlyList<StoredSeries> series, long from, long to, long step, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<ProcessTable?> ReadProcessesAsync(string tenant, string agent, long at, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<MetricUsage> ReadUsageAsync(string tenant, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<Outcome<Done>> SetPolicyAsync(string tenant, MetricPolicy policy, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask DeleteAgentAsync(string tenant, string agent, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask DeleteTenantAsync(string tenant, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<List<string>> CheckAsync(CancellationToken cancellation) => throw new NotSupportedException();
}
