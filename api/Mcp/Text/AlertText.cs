using Outrider.Api.Operations.Alerts;
using Outrider.Api.Operations.Metrics;
using Outrider.Grains.Alerts;

namespace Outrider.Api.Mcp.Text;

/// <summary>Alerts in words.</summary>
internal static class AlertText
{
    private const int Reserve = 200;

    public static string List(AlertPage page, bool isHistory)
    {
        if (page.Alerts.Count == 0)
            return isHistory ? "No alert fired in that time." : "No alert fires now.";
        var text = new Markdown().Line($"{page.Alerts.Count} alerts{(isHistory ? "" : " fire")}:").Line()
            .Line(Markdown.Row(["id", "severity", "state", "agent", "condition", "subject", "value", "fired", "resolved", "taken on"]))
            .Line("|---|---|---|---|---|---|---|---|---|---|");
        var shown = page.Alerts.TakeWhile(alert => text.TryLine(Row(alert), Reserve)).Count();
        if (shown < page.Alerts.Count)
            text.Line().Line($"… {page.Alerts.Count - shown} more are in structuredContent.");
        if (page.Next is { } next)
            text.Line().Line($"There may be more: call again with after = \"{next}\".");
        return text.ToString();
    }

    public static string Explain(AlertExplanation explained)
    {
        var alert = explained.Alert;
        var text = new Markdown()
            .Line($"Alert {alert.Id}: {Markdown.Inline(alert.RuleName)} ({Word(alert.Severity)}), {Word(alert.State)}.")
            .Line($"- what: {Markdown.Inline(alert.Condition)}")
            .Line($"- where: {(alert.Agent.Length > 0 ? alert.Agent : "over several agents")} {Markdown.Cell(SeriesText.Labels(alert.Labels))}".TrimEnd())
            .Line($"- began {Quantity.Time(alert.StartedAt)}, fired {Quantity.Time(alert.FiredAt)} with {Of(alert.Value)}"
                + (alert.ResolvedAt is { } end ? $", resolved {Quantity.Time(end)} ({Word(alert.Reason ?? ResolveReason.Recovered)})" : ""));
        if (alert.Summary is { } summary)
            text.Line($"- summary: {Markdown.Cell(summary)}");
        text.Line($"- told {alert.Notified} times{(alert.Acknowledged ? $"; taken on by {alert.AcknowledgedBy}{(alert.Note is { } note ? $": {Markdown.Cell(note)}" : "")}" : "")}"
            + (alert.SilencedBy is { } silence ? $"; silenced by {silence}" : ""));
        if (explained.Samples is { Series.Count: > 0 } range)
            AddSamples(text, range, alert);
        else
            text.Line().Line(explained.Why ?? "The store has no samples of it around that time.");
        return text.ToString();
    }

    private static void AddSamples(Markdown text, MetricRange range, AlertView alert)
    {
        text.Line().Line($"{range.Metric} from {Quantity.Time(range.From)} to {Quantity.Time(range.To)}, "
            + $"{MetricText.Steps(range.Aggregate, range.Step, range.Unit)}; threshold {Of(alert.Threshold)}:");
        foreach (var series in range.Series.Take(3))
            text.Line($"- {Markdown.Cell(SeriesText.Labels(series.Labels))} {SeriesText.Summary(series.Summary, range.Unit)}".Replace("-  ", "- ", StringComparison.Ordinal));
        var first = range.Series[0];
        text.Line().Line(Markdown.Row(["time", "value"])).Line("|---|---|");
        foreach (var i in Enumerable.Range(0, range.Times.Count).Where(i => first.Values[i] is not null).TakeLast(MetricText.MaxRows))
        {
            if (!text.TryLine(Markdown.Row([Quantity.Time(range.Times[i]), Quantity.Of(first.Values[i], range.Unit)]), Reserve))
                break;
        }
    }

    private static string Row(AlertView alert) => Markdown.Row(
    [
        alert.Id, Word(alert.Severity), Word(alert.State), alert.Agent, alert.Condition, SeriesText.Labels(alert.Labels), Of(alert.Value),
        Quantity.Time(alert.FiredAt), alert.ResolvedAt is { } end ? Quantity.Time(end) : "",
        alert.Acknowledged ? alert.AcknowledgedBy : alert.SilencedBy is null ? "" : "silenced",
    ]);

    private static string Of(double? value) => value is { } number ? Quantity.Number(number) : "none";

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
