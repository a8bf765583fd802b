using Outrider.Api.Operations.Metrics;

namespace Outrider.Api.Mcp.Text;

/// <summary>A comparison in words: one row for each agent, series and period.</summary>
internal static class ComparisonText
{
    private const int Reserve = 200;

    public static string Render(MetricComparison comparison)
    {
        var steps = MetricText.Steps(comparison.Aggregate, comparison.Step, comparison.Unit);
        var text = new Markdown().Line($"{comparison.Metric} of {comparison.Agents.Count} agents, {steps}.");
        foreach (var (i, period) in comparison.Periods.Index())
            text.Line($"- period {i}: {Quantity.Time(period.From)} to {Quantity.Time(period.To)}");
        var missing = comparison.Agents.Except(comparison.Series.Where(one => one.Summary is not null).Select(one => one.Agent)).ToList();
        if (missing.Count > 0)
            text.Line($"- no data of: {string.Join(", ", missing)}");
        var known = comparison.Series.Where(one => one.Summary is not null).OrderByDescending(one => one.Summary!.Average).ToList();
        if (known.Count == 0)
            return text.ToString();
        var highest = Quantity.Of(known[0].Summary!.Average, comparison.Unit);
        text.Line().Line($"Highest average: {Markdown.Cell(Name(known[0]))} with {highest}.").Line()
            .Line(Markdown.Row(
                ["agent", "period", "average", "peak", "peak at", "lowest", "last", "trend in the period", "against the period before"]))
            .Line("|---|---|---|---|---|---|---|---|---|");
        var shown = known.TakeWhile((one, i) => i < MetricText.MaxRows && text.TryLine(Row(one, comparison.Unit), Reserve)).Count();
        if (shown < known.Count)
            text.Line().Line($"… {known.Count - shown} more rows are in structuredContent.");
        return text.ToString();
    }

    private static string Row(ComparedSeries one, string unit) => Markdown.Row(
    [
        Name(one), $"{one.Period}",
        Quantity.Of(one.Summary!.Average, unit), Quantity.Of(one.Summary.Peak, unit), Quantity.Time(one.Summary.PeakAt),
        Quantity.Of(one.Summary.Min, unit), Quantity.Of(one.Summary.Last, unit),
        SeriesText.Trend(one.Summary.Trend),
        one.Change is { } change ? $"{change.Trend.ToString().ToLowerInvariant()}: {SeriesText.Against(change.Percent)} it" : "",
    ]);

    private static string Name(ComparedSeries one) => $"{one.Agent} {SeriesText.Labels(one.Labels)}".TrimEnd();
}
