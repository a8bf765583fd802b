using System.Text;

namespace Outrider.Api.Telemetry;

/// <summary>The numbers of one series.</summary>
internal sealed class MetricSeries(int buckets)
{
    private readonly Lock _gate = new();
    private readonly long[] _counts = new long[buckets];
    private double _sum;
    private long _count;

    public double Value
    {
        get
        {
            lock (_gate)
                return _sum;
        }
    }

    public void Add(double value)
    {
        lock (_gate)
            _sum += value;
    }

    public void Set(double value)
    {
        lock (_gate)
            _sum = value;
    }

    public void Observe(double value, IReadOnlyList<double> bounds)
    {
        lock (_gate)
        {
            _sum += value;
            _count++;
            for (var i = 0; i < bounds.Count; i++)
            {
                if (value <= bounds[i])
                {
                    _counts[i]++;
                    break;
                }
            }
        }
    }

    public void AppendHistogramTo(StringBuilder to, string name, string labels, IReadOnlyList<double> bounds)
    {
        lock (_gate)
        {
            var before = labels.Length == 0 ? "" : labels + ",";
            long below = 0;
            for (var i = 0; i < bounds.Count; i++)
            {
                below += _counts[i];
                Prometheus.AppendSample(to, name + "_bucket", $"{before}le=\"{Prometheus.NumberOf(bounds[i])}\"", below);
            }
            Prometheus.AppendSample(to, name + "_bucket", $"{before}le=\"+Inf\"", _count);
            Prometheus.AppendSample(to, name + "_sum", labels, _sum);
            Prometheus.AppendSample(to, name + "_count", labels, _count);
        }
    }
}
