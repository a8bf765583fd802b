using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Metrics.PromQl;

/// <summary>A range vector that is the whole query: its samples are the answer.</summary>
internal sealed class SampleRead(Expression.Range range, QuerySteps steps) : SelectorRead(range.Source, range.Length, steps)
{
    private readonly List<RangeSeries> _series = [];

    public override void Add(StoredSeries series, IReadOnlyList<Sample> samples, CancellationToken cancellation)
    {
        if (samples.Count > 0)
            _series.Add(new RangeSeries(LabelSet.Of(series), [.. samples]));
    }

    /// <summary>All series added, sorted by labels.</summary>
    public IReadOnlyList<RangeSeries> Series()
    {
        _series.Sort(static (a, b) => LabelSet.Compare(a.Labels, b.Labels));
        return _series;
    }
}
