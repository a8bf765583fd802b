using Outrider.Grains.Metrics;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts;

/// <summary>Reads what an agent has measured and its evaluation has missed.</summary>
internal sealed class MetricHistory(IMetricStore store, string tenant, string agent)
{
    /// <summary>Older samples are not evaluated any more: an alert about them would come too late to be of use.</summary>
    private const long MaxLookback = 3_600_000;

    private const int MaxSeries = 20_000;

    /// <summary>Samples after <paramref name="from"/>, and those before that a window needs; nothing when the store can't be asked just now.</summary>
    /// <param name="wants">Whether a series is needed.</param>
    /// <param name="window">Milliseconds.</param>
    public async Task<IReadOnlyList<SeriesSamples>> ReadAsync(
        Func<Series, bool> wants, long from, long window, long now, CancellationToken cancellation)
    {
        try
        {
            var ofAgent = new SeriesSelector(new LabelMatcher(MetricNames.AgentLabel, MatchOperator.Equal, agent));
            var found = await store.FindAsync(tenant, ofAgent, MaxSeries, cancellation);
            var wanted = (found.Value ?? []).Where(one => wants(one.Series)).ToList();
            var begin = Math.Max(from, now - MaxLookback) - window;
            return wanted.Count == 0 ? [] : await store.ReadSamplesAsync(tenant, wanted, begin, now + MaxLookback, cancellation);
        }
        catch (UnavailableException)
        {
            return [];
        }
    }
}
