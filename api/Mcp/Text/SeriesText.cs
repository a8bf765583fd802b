using Outrider.Grains.Metrics.Queries;

namespace Outrider.Api.Mcp.Text;

/// <summary>Parts of texts about series.</summary>
internal static class SeriesText
{
    /// <summary>Gaps of a series that are told.</summary>
    private const int ShownGaps = 5;

    public static string Labels(Dictionary<string, string> labels) =>
        labels.Count == 0 ? "" : $"{{{string.Join(", ", labels.Select(label => $"{label.Key}=\"{label.Value}\""))}}}";

    /// <summary>Average, extremes, last value and trend, in one sentence.</summary>
    public static string Summary(SeriesSummary? summary, string unit) => summary is null
        ? "no data in this time."
        : $"average {Quantity.Of(summary.Average, unit)}, lowest {Quantity.Of(summary.Min, unit)}, "
            + $"peak {Quantity.Of(summary.Peak, unit)} at {Quantity.Time(summary.PeakAt)}, "
            + $"last {Quantity.Of(summary.Last, unit)} at {Quantity.Time(summary.LastAt)}; trend: {Trend(summary.Trend)}.";

    /// <summary>Which way a series goes within its time.</summary>
    public static string Trend(MetricChange? change) => change switch
    {
        null => "not known (no data in one half of the time)",
        { Trend: Grains.Metrics.Queries.Trend.Steady } => $"steady (second half {Against(change.Percent)} the first)",
        _ => $"{change.Trend.ToString().ToLowerInvariant()} (second half {Against(change.Percent)} the first)",
    };

    /// <summary>Such as <c>12 percent above</c>.</summary>
    public static string Against(double? percent) => percent switch
    {
        null => "above or below a zero in",
        0 => "like",
        > 0 => $"{Quantity.Percent(percent)} above",
        _ => $"{Quantity.Percent(-percent)} below",
    };

    /// <summary>Where steps are missing, in words; empty when none is, and for raw samples, which have no steps.</summary>
    public static string Gaps(IReadOnlyList<DateTimeOffset> times, double?[] values, double stepSeconds)
    {
        if (stepSeconds <= 0)
            return "";
        var gaps = new List<(DateTimeOffset From, DateTimeOffset To)>();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not null)
                continue;
            var from = i;
            while (i + 1 < values.Length && values[i + 1] is null)
                i++;
            // A step at the end that isn't over is no gap.
            if (from < values.Length - 1)
                gaps.Add((times[from], times[i].AddSeconds(stepSeconds)));
        }
        if (gaps.Count == 0 || Array.TrueForAll(values, value => value is null))
            return "";
        var told = gaps.Take(ShownGaps).Select(gap => $"{Quantity.Time(gap.From)} and {Quantity.Time(gap.To)}");
        var more = gaps.Count > ShownGaps ? $" and {gaps.Count - ShownGaps} times more" : "";
        return $"No data between {string.Join(", ", told)}{more}.";
    }
}
