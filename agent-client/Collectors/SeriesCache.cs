using Outrider.Protocol.Metrics;

namespace Outrider.Agent.Collectors;

/// <summary>Gives the same <see cref="Series"/> for the same metric and labels, so that a run makes none anew. Not thread-safe.</summary>
public sealed class SeriesCache
{
    /// <summary>Devices and containers come and go; past this the cache begins anew.</summary>
    private const int Capacity = MetricLimits.Series;

    private readonly Dictionary<Key, Series> _series = [];

    /// <summary>The series. A label whose value is empty is left out, one that is too long is cut.</summary>
    public Series Of(string metric, Label first = default, Label second = default, Label third = default)
    {
        var key = new Key(metric, first, second, third);
        if (_series.TryGetValue(key, out var series))
            return series;
        if (_series.Count >= Capacity)
            _series.Clear();
        Label[] labels = [.. new[] { first, second, third }.Where(label => !string.IsNullOrEmpty(label.Value)).Select(Fit)];
        return _series[key] = new Series(metric, labels);
    }

    /// <summary>The label with a value that a series may have.</summary>
    public static Label Fit(Label label) => label with { Value = Utf8Text.Clip(label.Value, MetricLimits.LabelValueBytes) };

    private readonly record struct Key(string Metric, Label First, Label Second, Label Third);
}
