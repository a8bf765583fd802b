using System.Globalization;

namespace Outrider.Grains.Alerts.Rules;

/// <summary>A rule's condition as a person reads it.</summary>
public static class RuleText
{
    /// <summary>
    /// Such as <c>avg(host_disk_percent{mount="/var*"}) over 5m &gt; 80 for 5m</c>, <c>max(cpu_percent of processes "java*") &gt; 95</c>,
    /// <c>rate(host_network_receive_bytes_total) over 1m &gt; 1000000</c>, <c>no host_load1 for 2m</c>, or an expression.
    /// </summary>
    public static string Of(RuleDefinition rule) =>
        (rule.Absent ? $"no {Subject(rule)}" : rule.Expression ?? $"{Value(rule)} {rule.Operator.Text()} {Number(rule.Threshold)}")
        + (rule.DurationSeconds > 0 ? $" for {RuleDurations.Text(rule.DurationSeconds)}" : "");

    /// <summary>Shortest text that reads as the same number.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Value(RuleDefinition rule)
    {
        var subject = Subject(rule);
        return rule.WindowSeconds == 0 ? subject : $"{Function(rule)}({subject}) over {RuleDurations.Text(rule.WindowSeconds)}";
    }

    private static string Function(RuleDefinition rule) => rule.Rate ? "rate" : Name(rule.Aggregation);

    private static string Subject(RuleDefinition rule) => rule.Process is { } process
        ? $"{Name(process.Aggregation)}({rule.Metric} of processes \"{process.Name}\")"
        : rule.Metric + (rule.Labels.Count == 0 ? "" : $"{{{string.Join(',', rule.Labels.Select(Label))}}}");

    private static string Label(string pair) =>
        pair.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? $"{pair[..at]}=\"{pair[(at + 1)..]}\"" : pair;

    private static string Name(RuleAggregation aggregation) => aggregation.ToString().ToLowerInvariant();
}
