using System.Collections.Concurrent;
using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Testing.Metrics;

/// <summary>Takes batches and remembers them; fails when it is told to. Has nothing to read.</summary>
public sealed class MemoryMetricStore : IMetricStore
{
    private readonly ConcurrentDictionary<(string Tenant, string Agent), List<MetricBatch>> _batches = new();

    /// <summary>Answers the next batches instead of storing them; null: they are stored.</summary>
    public Func<Outcome<MetricAppend>>? Refuse { get; set; }

    /// <summary>Awaited before a batch is stored, and before series are looked for.</summary>
    public Func<Task>? Before { get; set; }

    /// <summary>What was stored of an agent, in the order it came.</summary>
    public IReadOnlyList<MetricBatch> Of(string tenant, string agent)
    {
        var stored = _batches.GetValueOrDefault((tenant, agent)) ?? [];
        lock (stored)
            return [.. stored];
    }

    public async ValueTask<Outcome<MetricAppend>> AppendAsync(string tenant, string agent, ReadOnlyMemory<byte> batch, CancellationToken cancellation)
    {
        if (Before is { } before)
            await before();
        if (Refuse is { } refuse)
            return refuse();
        var decoded = MetricBatchCodec.Decode(batch.Span);
        if (!decoded.Ok)
            return decoded.Problem;
        var stored = _batches.GetOrAdd((tenant, agent), _ => []);
        lock (stored)
        {
            if (stored.Exists(one => one.Boot == decoded.Value.Boot && one.Seq == decoded.Value.Seq))
                return new MetricAppend(Duplicate: true, Samples: 0, Number: 0);
            stored.Add(decoded.Value);
            return new MetricAppend(Duplicate: false, decoded.Value.Series.Sum(series => series.Samples.Count), stored.Count);
        }
    }

    /// <summary>Finds none.</summary>
    public async ValueTask<Outcome<List<StoredSeries>>> FindAsync(string tenant, SeriesSelector selector, int limit, CancellationToken cancellation)
    {
        if (Before is { } before)
            await before().WaitAsync(cancellation);
        return new List<StoredSeries>();
    }

    public ValueTask<List<Sample?>> LatestAsync(string tenant, IReadOnlyList<StoredSeries> series, CancellationToken cancellation) =>
        throw new NotSupportedException();

    /// <summary>Finds none.</summary>
    public ValueTask<List<RecentSample>> ReadRecentAsync(
        string tenant, IReadOnlyCollection<string> metrics, long since, CancellationToken cancellation) => ValueTask.FromResult<List<RecentSample>>([]);

    public ValueTask<List<SeriesSamples>> ReadSamplesAsync(
        string tenant, IReadOnlyList<StoredSeries> series, long from, long to, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<List<List<MetricStep>>> ReadStepsAsync(
        string tenant, IReadOnlyList<StoredSeries> series, long from, long to, long step, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<ProcessTable?> ReadProcessesAsync(string tenant, string agent, long at, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<MetricUsage> ReadUsageAsync(string tenant, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<Outcome<Done>> SetPolicyAsync(string tenant, MetricPolicy policy, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask DeleteAgentAsync(string tenant, string agent, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask DeleteTenantAsync(string tenant, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<List<string>> CheckAsync(CancellationToken cancellation) => throw new NotSupportedException();
}
