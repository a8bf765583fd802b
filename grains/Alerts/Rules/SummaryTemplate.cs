using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts.Rules;

/// <summary>A rule's own words about an alert: text with placeholders such as <c>{{agent}}</c> or <c>{{labels.mount}}</c>.</summary>
public static class SummaryTemplate
{
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
    public static string Names { get; } = $"{Placeholders.List(s_placeholders.Keys)} and {{{{labels.name}}}} of any label";

    /// <inheritdoc cref="Placeholders.Unknown"/>
    public static string? Unknown(string template) => Placeholders.Unknown(template, name => s_placeholders.ContainsKey(name) || IsLabel(name));

    /// <summary>The text with the alert's own values; a label that it doesn't have becomes nothing.</summary>
    public static string Fill(string template, Alert alert) => Placeholders.Fill(template, name => Value(name, alert));

    private static string Value(string name, Alert alert) =>
        s_placeholders.TryGetValue(name, out var value) ? value(alert)
        : IsLabel(name) ? alert.Labels.Find(label => label.Name == name[LabelPrefix.Length..]).Value ?? ""
        : "";

    private static bool IsLabel(string name) =>
        name.StartsWith(LabelPrefix, StringComparison.Ordinal) && MetricNames.IsLabel(name[LabelPrefix.Length..]);
}
