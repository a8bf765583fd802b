using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Outrider.Api.Telemetry;

/// <summary>All series of one metric. Safe for concurrent callers.</summary>
internal sealed class MetricFamily(string name, MetricType type, string? help, IReadOnlyList<double> buckets)
{
    /// <summary>Series of one metric; what comes beyond is counted together, marked <c>overflow="true"</c>.</summary>
    public const int MaxSeries = 200;

    private const string Overflow = "overflow=\"true\"";

    private static readonly double[] s_seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    public string Name => name;

    public bool IsObserved => type is MetricType.ObservedCounter or MetricType.ObservedGauge;

    public static MetricFamily Of(Instrument instrument)
    {
        var type = TypeOf(instrument);
        var isCounter = type is MetricType.Counter or MetricType.ObservedCounter;
        var buckets = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? s_seconds;
        return new MetricFamily(Prometheus.NameOf(instrument.Name, instrument.Unit, isCounter), type, instrument.Description, buckets);
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = SeriesOf(Prometheus.LabelsOf(tags));
        if (type is MetricType.Histogram)
            series.Observe(value, buckets);
        else if (IsObserved)
            series.Set(value);
        else
            series.Add(value);
    }

    /// <summary>Forgets what was observed, before it is observed anew: what is no longer there must not linger.</summary>
    public void ForgetObserved() => _series.Clear();

    public void AppendTo(StringBuilder to)
    {
        if (_series.IsEmpty)
            return;
        Prometheus.AppendHead(to, name, type switch
        {
            MetricType.Histogram => "histogram",
            MetricType.Counter or MetricType.ObservedCounter => "counter",
            _ => "gauge",
        }, help);
        foreach (var (labels, series) in _series.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (type is MetricType.Histogram)
                series.AppendHistogramTo(to, name, labels, buckets);
            else
                Prometheus.AppendSample(to, name, labels, series.Value);
        }
    }

    private MetricSeries SeriesOf(string labels)
    {
        if (_series.TryGetValue(labels, out var series))
            return series;
        return _series.GetOrAdd(_series.Count < MaxSeries ? labels : Overflow, static (_, count) => new MetricSeries(count), buckets.Count);
    }

    private static MetricType TypeOf(Instrument instrument)
    {
        var kind = instrument.GetType().GetGenericTypeDefinition();
        return kind == typeof(Counter<>) ? MetricType.Counter
            : kind == typeof(Histogram<>) ? MetricType.Histogram
            : kind == typeof(UpDownCounter<>) ? MetricType.Gauge
            : kind == typeof(ObservableCounter<>) ? MetricType.ObservedCounter
            : MetricType.ObservedGauge;
    }
}
