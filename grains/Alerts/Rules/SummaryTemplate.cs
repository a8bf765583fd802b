using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts.Rules;

/// <summary>A rule's own words about an alert: text with placeholders such as <c>{{agent}}</c> or <c>{{labels.mount}}</c>.</summary>
public static class SummaryTemplate
{
    private const string Open = "{{";
    private const string Close = "}}";
    private const string LabelPrefix = "labels.";

    private static readonly Dictionary<string, Func<Alert, string>> s_placeholders = new(StringComparer.Ordinal)
    {
        ["rule"] = alert => alert.RuleName,
        ["severity"] = alert => alert.Severity.ToString().ToLowerInvariant(),
        ["agent"] = alert => alert.Agent,
        ["metric"] = alert => alert.Metric,
        ["labels"] = alert => string.Join(", ", alert.Labels.Select(label => $"{label.Name}={label.Value}")),
        ["value"] = alert => RuleText.Number(Math.Round(alert.Value, 4)),
        ["threshold"] = alert => RuleText.Number(alert.Threshold),
        ["condition"] = alert => alert.Condition,
    };

    /// <summary>Which placeholders there are, for messages.</summary>
    public static string Placeholders { get; } =
        $"{string.Join(", ", s_placeholders.Keys.Select(name => Open + name + Close))} and {{{{labels.name}}}} of any label";

    /// <summary>The first placeholder that is none, as it is written; null: all are.</summary>
    public static string? Unknown(string template)
    {
        foreach (var (start, end) in Spans(template))
        {
            if (end < 0)
                return template[start..];
            var name = template[(start + Open.Length)..end].Trim();
            if (!s_placeholders.ContainsKey(name) && !IsLabel(name))
                return template[start..(end + Close.Length)];
        }
        return null;
    }

    /// <summary>The text with the alert's own values; a label that it doesn't have becomes nothing.</summary>
    public static string Fill(string template, Alert alert)
    {
        var text = new System.Text.StringBuilder();
        var done = 0;
        foreach (var (start, end) in Spans(template))
        {
            if (end < 0)
                break;
            text.Append(template, done, start - done).Append(Value(template[(start + Open.Length)..end].Trim(), alert));
            done = end + Close.Length;
        }
        return text.Append(template, done, template.Length - done).ToString();
    }

    private static string Value(string name, Alert alert) =>
        s_placeholders.TryGetValue(name, out var value) ? value(alert)
        : IsLabel(name) ? alert.Labels.Find(label => label.Name == name[LabelPrefix.Length..]).Value ?? ""
        : "";

    private static bool IsLabel(string name) =>
        name.StartsWith(LabelPrefix, StringComparison.Ordinal) && MetricNames.IsLabel(name[LabelPrefix.Length..]);

    /// <summary>Where placeholders begin and where their end mark is; -1: it has none.</summary>
    private static IEnumerable<(int Start, int End)> Spans(string template)
    {
        for (var start = template.IndexOf(Open, StringComparison.Ordinal); start >= 0;)
        {
            var end = template.IndexOf(Close, start + Open.Length, StringComparison.Ordinal);
            yield return (start, end);
            start = end < 0 ? -1 : template.IndexOf(Open, end + Close.Length, StringComparison.Ordinal);
        }
    }
}
