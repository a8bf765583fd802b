using System.Runtime.CompilerServices;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Metrics;

namespace Outrider.Api.Operations.Metrics;

/// <summary>Samples that are read as they are sent, so that there are never many of them in memory.</summary>
public sealed class MetricExport(IMetricStore store, string tenant, List<StoredSeries> series, QuerySpan span)
{
    /// <summary>Time that is read at once: as the store has its chunks, which begin at multiples of it.</summary>
    private const long Window = 2 * Periods.Hour;

    /// <summary>Series that are read at once; at a sample a second these are 230 000 samples, some 4 MB.</summary>
    private const int SeriesAtOnce = 32;

    /// <summary>Window by window, oldest first, and in each series by series. As measured, counters too.</summary>
    public async IAsyncEnumerable<(StoredSeries Series, IReadOnlyList<Sample> Samples)> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var from = span.From; from < span.To;)
        {
            var to = Math.Min(span.To, (from / Window + 1) * Window);
            foreach (var some in series.Chunk(SeriesAtOnce))
            {
                cancellation.ThrowIfCancellationRequested();
                var read = await store.ReadSamplesAsync(tenant, some, from, to, cancellation);
                foreach (var (i, one) in read.Index())
                {
                    if (one.Samples.Count > 0)
                        yield return (some[i], one.Samples);
                }
            }
            from = to;
        }
    }
}
