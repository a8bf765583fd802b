using System.Globalization;
using System.Text;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Boundary.PromQl;

/// <summary>
/// Three hours of what three agents measure, with all that makes evaluation hard: jitter, gaps, late series, counters that begin anew, NaN
/// and infinities. The same in every run.
/// </summary>
internal static class PromQlData
{
    /// <summary>Just after the newest sample.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 1, 10, 9, 0, 0, TimeSpan.Zero);

    public static string[] Agents { get; } = ["prod-1", "prod-2", "test-1"];

    private static readonly long s_end = Now.ToUnixTimeMilliseconds();
    private static readonly long s_start = s_end - 3 * 3_600_000;

    public static Dictionary<string, List<SeriesSamples>> Create() => Agents.ToDictionary(agent => agent, Create);

    /// <summary>The same as OpenMetrics text.</summary>
    public static string OpenMetrics(Dictionary<string, List<SeriesSamples>> data)
    {
        var text = new StringBuilder();
        foreach (var (agent, all) in data)
        {
            foreach (var (series, samples) in all)
            {
                var named = new Series(series.Metric, [.. series.Labels, new Label("agent", agent)]);
                foreach (var (time, value) in samples)
                    text.Append(CultureInfo.InvariantCulture, $"{named} {Value(value)} {time / 1000m}\n");
            }
        }
        return text.Append("# EOF\n").ToString();
    }

    private static List<SeriesSamples> Create(string agent)
    {
        var no = Array.IndexOf(Agents, agent);
        var random = new Random(no);
        // The last one comes an hour late.
        var start = no == 2 ? s_start + 3_600_000 : s_start;
        var all = new List<SeriesSamples>();
        Add("host_cpu_percent", 10_000, _ => Math.Round(random.NextDouble() * 400, 1));
        Add("host_load1", 15_000, i => Math.Round(Math.Sin(i / 20.0 + no) * 3, 2));
        var used = 1e9;
        Add("host_memory_used_bytes", 10_000, _ => used += random.Next(-1_000_000, 1_000_000));
        Add("host_memory_total_bytes", 10_000, _ => 8e9 + no);
        for (var cpu = 0; cpu < 3; cpu++)
            Add("host_cpu_core_percent", 20_000, _ => random.Next(0, 1000) / 10.0, new Label("cpu", $"{cpu}"));
        foreach (var code in new[] { "200", "404", "500" })
        {
            foreach (var method in new[] { "get", "post" })
            {
                var total = 0.0;
                Add("requests_total", 15_000, _ => total = random.Next(150) == 0 ? random.Next(3) : total + random.Next(20),
                    new Label("code", code), new Label("method", method));
            }
        }
        var slow = 0.0;
        Add("slow_total", 60_000, _ => slow += random.Next(4) == 0 ? 1 : 0);
        Add("sparse", 7 * 60_000, i => i * i - 100);
        Add("weird", 10_000, _ => random.Next(12) switch
        {
            0 => double.NaN, 1 => double.PositiveInfinity, 2 => double.NegativeInfinity, 3 => 0, 4 => -0.0, _ => random.Next(-100, 100) / 8.0,
        }, new Label("kind", no == 0 ? "odd" : "even"));
        Add("scrape_up", 30_000, _ => random.Next(10) == 0 ? 0 : 1, new Label("endpoint", "http://fe:8030/metrics"));
        Add("quoted", 30_000, i => i, new Label("path", "/a \"b\" \\c\nd"), new Label("who", "日本語 é"));
        if (no == 1)
            all.Add(new SeriesSamples(new Series("once"), [new Sample(s_end - 3_600_000, 42)]));
        return all;

        void Add(string metric, long interval, Func<int, double> value, params Label[] labels)
        {
            var samples = new List<Sample>();
            var phase = random.Next((int)interval);
            for (var i = 0; start + phase + i * interval < s_end; i++)
            {
                var time = start + phase + i * interval + random.Next(200);
                var next = value(i);
                // The second loses some, and for 12 minutes all.
                var isLost = no == 1 && (random.Next(20) == 0 || time - s_start is > 5_400_000 and < 6_120_000);
                if (!isLost)
                    samples.Add(new Sample(time, next));
            }
            all.Add(new SeriesSamples(new Series(metric, labels), samples));
        }
    }

    private static string Value(double value) => value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
