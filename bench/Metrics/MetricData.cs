using System.Globalization;
using System.Text;
using Outrider.Protocol.Metrics;

namespace Outrider.Bench.Metrics;

/// <summary>
/// What one machine measures: of ten series four are gauges with two decimals that wander around a mean, four counters (of events and of
/// bytes), one changes seldom and one never. A report every 10 s, up to 9 ms late.
/// </summary>
internal sealed class MetricData
{
    public const long Gap = 10_000;

    private readonly Random _random;
    private readonly Series[] _series;
    private readonly double[] _values;
    private readonly double[] _scale;
    private readonly string _agent;

    public MetricData(int agent, int series)
    {
        _agent = $"a{agent}";
        _random = new Random(agent + 1);
        _series = [.. Enumerable.Range(0, series).Select(i => new Series($"host_{Name(i)}", new Label("device", $"d{i / 10 % 4}")))];
        _scale = [.. Enumerable.Range(0, series).Select(_ => _random.NextDouble())];
        _values = [.. Enumerable.Range(0, series).Select(i => i % 10 == 9 ? 1L << 34 : (double)_random.Next(1, 60))];
    }

    /// <summary>The gauge that queries ask for.</summary>
    public static string Gauge => $"host_{Name(0)}";

    /// <summary>Measures from <paramref name="from"/>, <paramref name="count"/> times.</summary>
    public SeriesSamples[] Next(long from, int count)
    {
        var samples = Array.ConvertAll(_series, _ => new Sample[count]);
        for (var i = 0; i < count; i++)
        {
            var time = from + i * Gap + _random.Next(10);
            for (var j = 0; j < _series.Length; j++)
                samples[j][i] = new Sample(time, _values[j] = Next(j, _values[j]));
        }
        return [.. _series.Select((series, j) => new SeriesSamples(series, samples[j]))];
    }

    /// <summary>The same as InfluxDB's line protocol, all series of a device and time on one line.</summary>
    public void WriteLines(StringBuilder to, SeriesSamples[] report)
    {
        for (var i = 0; i < report[0].Samples.Count; i++)
        {
            foreach (var device in report.GroupBy(one => one.Series["device"]))
            {
                to.Append("host,agent=").Append(_agent).Append(",device=").Append(device.Key).Append(' ');
                var first = true;
                foreach (var (series, samples) in device)
                {
                    to.Append(first ? "" : ",").Append(series.Metric, 5, series.Metric.Length - 5).Append('=')
                        .Append(CultureInfo.InvariantCulture, $"{samples[i].Value}");
                    first = false;
                }
                to.Append(' ').Append(device.First().Samples[i].Time).Append("000000\n");
            }
        }
    }

    private static string Name(int i) => $"{(i % 10) switch { < 4 => "gauge", < 8 => "counter", 8 => "slow", _ => "constant" }}{i % 10}_{i / 40}";

    private double Next(int i, double x) => (i % 10) switch
    {
        < 4 => Math.Round(Math.Clamp(0.9 * x + 0.1 * 60 * _scale[i] + Noise(0.1 + 2 * _scale[i]), 0, 100), 2),
        < 6 => x + Math.Round(1000 * _scale[i] * (1 + Noise(0.1))),
        < 8 => x + Math.Round(Math.Max(0, 1_000_000 * _scale[i] * (1 + Noise(0.2)))),
        8 => _random.Next(100) == 0 ? x + 4096 * _random.Next(1, 9) : x,
        _ => x,
    };

    private double Noise(double deviation) =>
        deviation * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
