using System.Globalization;
using Outrider.Grains.Alerts.Rules;
using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Notifications.Messages;

/// <summary>Numbers and times as a person reads them.</summary>
internal static class MessageValues
{
    private static readonly string[] s_sizes = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>A value of a metric, with its unit where that is known. A counter has none: what is compared may be its rate.</summary>
    public static string Text(string metric, double value, MessageWords words)
    {
        if (metric == RuleDefinition.AgentStatusMetric && value is 0 or 1 or 2)
            return words.Statuses[(int)value];
        return UnitOf(metric) switch
        {
            "percent" => $"{Number(value)}%",
            "bytes" => Size(value),
            "seconds" => $"{Number(value)} s",
            "MiB" => $"{Number(value)} MiB",
            _ => Number(value),
        };
    }

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A length of time in its two largest units, such as <c>1h 5m</c>.</summary>
    public static string Duration(TimeSpan time, MessageWords words)
    {
        var whole = time > TimeSpan.Zero ? time : TimeSpan.Zero;
        var parts = new[] { whole.Days, whole.Hours, whole.Minutes, whole.Seconds };
        var first = Array.FindIndex(parts, part => part > 0);
        return first < 0
            ? $"0{words.Units[^1]}"
            : string.Join(' ', Enumerable.Range(first, Math.Min(2, parts.Length - first))
                .Where(i => parts[i] > 0)
                .Select(i => $"{parts[i]}{words.Units[i]}"));
    }

    private static string UnitOf(string metric) => metric switch
    {
        ProcessMetrics.Memory => "MiB",
        ProcessMetrics.Cpu or ProcessMetrics.SystemCpu or ProcessMetrics.SystemMemory => "percent",
        _ => MetricCatalog.Find(metric) is { Kind: MetricKind.Gauge } known ? known.Unit : "",
    };

    private static string Size(double bytes)
    {
        var unit = 0;
        while (Math.Abs(bytes) >= 1024 && unit < s_sizes.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }
        return $"{Number(bytes)} {s_sizes[unit]}";
    }

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) is >= 1e15 or (> 0 and < 0.01) ? "0.##E+0" : "0.##", CultureInfo.InvariantCulture);
}
