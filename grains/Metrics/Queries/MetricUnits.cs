using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Metrics.Queries;

/// <summary>Units in words.</summary>
public static class MetricUnits
{
    private static readonly string[] s_endings = ["percent", "bytes", "seconds"];

    /// <summary>percent, bytes, seconds, or empty: a number of things, or not known. A scraped metric's by the ending of its name.</summary>
    public static string Of(string metric) =>
        MetricCatalog.Find(metric)?.Unit
        ?? Array.Find(s_endings, unit =>
            metric.EndsWith($"_{unit}", StringComparison.Ordinal) || metric.EndsWith($"_{unit}_total", StringComparison.Ordinal))
        ?? "";

    /// <summary>The same of a counter's rate, such as <c>bytes per second</c>.</summary>
    public static string OfRate(string metric) => $"{Of(metric)} per second".TrimStart();
}
