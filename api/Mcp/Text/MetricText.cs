using Outrider.Api.Operations.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Metrics;

namespace Outrider.Api.Mcp.Text;

/// <summary>Metrics of an agent in words.</summary>
internal static class MetricText
{
    /// <summary>Rows of a table at most: what a model takes in.</summary>
    public const int MaxRows = 60;

    /// <summary>Series whose values are shown beside each other at most.</summary>
    private const int MaxColumns = 6;

    /// <summary>Characters that must still follow a table.</summary>
    private const int Reserve = 200;

    public static string List(MetricList list)
    {
        if (list.Metrics.Count == 0)
            return $"Agent {list.Agent} has no such metrics. It may not have reported yet; get_agent says whether it is online.";
        var text = new Markdown().Line($"{list.Metrics.Count} metrics of {list.Agent}:").Line()
            .Line(Markdown.Row(["metric", "kind", "unit", "series", "labels", "meaning"])).Line("|---|---|---|---|---|---|");
        var shown = list.Metrics.TakeWhile(metric => text.TryLine(Row(metric), Reserve)).Count();
        if (shown < list.Metrics.Count)
            text.Line().Line($"… {list.Metrics.Count - shown} more are in structuredContent; narrow them by match.");
        return text.ToString();
    }

    public static string Range(MetricRange range)
    {
        var (from, to) = (Quantity.Time(range.From), Quantity.Time(range.To));
        var text = new Markdown()
            .Line($"{range.Metric} of {range.Agent}, {from} to {to}, {Steps(range.Aggregate, range.Step, range.Unit)}.");
        if (range.Series.Count == 0)
            return text.Line($"Agent {range.Agent} has no series of it with these labels. list_metrics shows what there is.").ToString();
        text.Line();
        var told = range.Series.TakeWhile((one, i) => i < MaxRows && text.TryLine(Told(range, one), Reserve)).Count();
        if (told < range.Series.Count)
            text.Line($"… {range.Series.Count - told} more series are in structuredContent; choose some by labels.");
        AddValues(text, range);
        return text.ToString();
    }

    public static string Steps(MetricAggregate aggregate, string step, string unit)
    {
        var of = step == QuerySteps.RawName ? "each sample" : $"{Word(aggregate)} of each {step}";
        return unit.Length == 0 ? of : $"{of}, in {unit}";
    }

    private static string Told(MetricRange range, SeriesView series)
    {
        var name = SeriesText.Labels(series.Labels);
        var told = SeriesText.Summary(series.Summary, range.Unit);
        var gaps = SeriesText.Gaps(range.Times, series.Values, range.StepSeconds);
        return $"- {(name.Length > 0 ? $"{Markdown.Cell(name)}: " : "")}{told} {gaps}".TrimEnd();
    }

    private static void AddValues(Markdown text, MetricRange range)
    {
        var columns = range.Series.Where(one => one.Summary is not null).Take(MaxColumns).ToList();
        var rows = Enumerable.Range(0, range.Times.Count).Where(i => columns.Exists(one => one.Values[i] is not null)).ToList();
        if (rows.Count == 0)
            return;
        text.Line().Line(Markdown.Row(["time", .. columns.Select(one => SeriesText.Labels(one.Labels) is { Length: > 0 } name ? name : "value")]))
            .Line($"|---|{string.Concat(Enumerable.Repeat("---|", columns.Count))}");
        var unit = range.Aggregate == MetricAggregate.Count ? "" : range.Unit;
        var last = rows.TakeLast(MaxRows).ToList();
        var shown = last.TakeWhile(i => text.TryLine(
            Markdown.Row([Quantity.Time(range.Times[i]), .. columns.Select(one => one.Values[i] is { } value ? Quantity.Of(value, unit) : "")]),
            Reserve)).Count();
        if (shown < rows.Count)
            text.Line().Line($"… {rows.Count - shown} of {rows.Count} times are left out here and are in structuredContent.");
        if (columns.Count < range.Series.Count)
            text.Line().Line($"Values of the other {range.Series.Count - columns.Count} series are in structuredContent.");
    }

    private static string Row(MetricView metric) => Markdown.Row(
    [
        metric.Metric,
        metric.Kind == MetricKind.Counter ? "counter" : "gauge",
        metric.Unit,
        $"{metric.Series}",
        string.Join("; ", metric.Labels.Select(label =>
            $"{label.Name}: {string.Join(", ", label.Values)}{(label.Count > label.Values.Count ? $", … ({label.Count})" : "")}")),
        metric.Help ?? "",
    ]);

    private static string Word(MetricAggregate aggregate) => aggregate switch
    {
        MetricAggregate.Avg => "average",
        MetricAggregate.Min => "lowest",
        MetricAggregate.Max => "highest",
        MetricAggregate.Last => "last value",
        MetricAggregate.Sum => "sum",
        MetricAggregate.Count => "number of samples",
        _ => "rate",
    };
}
