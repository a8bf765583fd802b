using System.Text;
using Outrider.Grains.Metrics.PromQl;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Alerts.Rules;

/// <summary>What a rule may say. Each answer is null, or what is wrong and what to write instead.</summary>
public static class RuleFaults
{
    /// <summary>Whether the rule can be evaluated as it is; <c>invalid_argument</c> otherwise. Whether its channels are there isn't known here.</summary>
    public static Problem? Of(RuleDefinition rule) =>
        Head(rule) ?? Agents(rule.Agents) ?? (rule.Expression is null ? Condition(rule) : Expression(rule)) ?? Times(rule) ?? Telling(rule);

    /// <summary><c>name=pattern</c> pairs, as rules and silences have them.</summary>
    public static Problem? OfLabels(List<string>? labels)
    {
        if (labels is not { Count: <= RuleLimits.Labels })
            return Invalid($"labels are {RuleLimits.Labels} at most; name fewer.");
        foreach (var pair in labels)
        {
            var at = pair?.IndexOf('=', StringComparison.Ordinal) ?? -1;
            if (at < 0 || !MetricNames.IsLabel(pair![..at]))
                return Invalid($"The label '{Short(pair)}' must be name=pattern, such as mount=/var*; a label's name has {MetricNames.LabelRule}.");
            if (Encoding.UTF8.GetByteCount(pair.AsSpan(at + 1)) > MetricLimits.LabelValueBytes)
                return Invalid($"The pattern of label '{pair[..at]}' is longer than {MetricLimits.LabelValueBytes} bytes, as no value is; shorten it.");
        }
        return labels.DistinctBy(pair => LabelPattern.Of(pair).Name).Count() < labels.Count
            ? Invalid("Name each label once: all of them must match.")
            : null;
    }

    private static Problem? Head(RuleDefinition rule) =>
        !RuleNames.IsId(rule.Id) ? Invalid($"'{Short(rule.Id)}' can't be a rule's id: it has {RuleNames.Rule}.")
        : rule.Name is null || rule.Name.Trim().Length is < 1 or > RuleLimits.Name || rule.Name.Any(char.IsControl)
            ? Invalid($"name must have 1 to {RuleLimits.Name} characters, none of them a control character.")
        : rule.Description is not { Length: <= RuleLimits.Description }
            ? Invalid($"description may have {RuleLimits.Description} characters; shorten it.")
        : !Enum.IsDefined(rule.Severity) ? Invalid("severity must be info, warning or critical.")
        : null;

    private static Problem? Agents(List<string>? agents)
    {
        if (agents is not { Count: >= 1 and <= RuleLimits.Agents })
            return Invalid($"agents must be 1 to {RuleLimits.Agents} names or patterns; '*' alone stands for all.");
        return agents.FindIndex(pattern => !RuleNames.IsPattern(pattern)) is var wrong and >= 0
            ? Invalid($"'{Short(agents[wrong])}' can't be a pattern of agents: write a name, with '*' for any run of characters, such as prod-*.")
            : null;
    }

    private static Problem? Condition(RuleDefinition rule) =>
        !MetricNames.IsMetric(rule.Metric)
            ? Invalid(string.IsNullOrEmpty(rule.Metric)
                ? "metric is missing: name one, such as host_cpu_percent_normalized, or write an expression."
                : $"metric can't be '{Short(rule.Metric)}'; it is {MetricNames.MetricRule}.")
        : OfLabels(rule.Labels) ?? Process(rule) ?? Window(rule) ?? (rule.Absent ? Absent(rule) : Comparison(rule));

    private static Problem? Process(RuleDefinition rule)
    {
        var isOfTable = ProcessMetrics.Contains(rule.Metric);
        if (rule.Labels.Count > 0 && (isOfTable || IsOfStatus(rule)))
            return Invalid($"{rule.Metric} has no labels; leave labels out{(isOfTable ? " and choose processes by process" : "")}.");
        if (!ProcessMetrics.IsOfProcesses(rule.Metric))
        {
            return rule.Process is null ? null : Invalid(
                $"process goes with {ProcessMetrics.Cpu} and {ProcessMetrics.Memory} only; leave it out with {rule.Metric}.");
        }
        return rule.Process switch
        {
            null => Invalid($"{rule.Metric} is of processes: add process with a name or a pattern, such as {{\"name\": \"java*\", \"aggregation\": \"max\"}}."),
            { Name: null or "" } => Invalid("process needs a name, or a pattern; '*' stands for all."),
            { Name: var name } when Encoding.UTF8.GetByteCount(name) > MetricLimits.LabelValueBytes =>
                Invalid($"process.name is longer than {MetricLimits.LabelValueBytes} bytes; shorten it."),
            { Aggregation: RuleAggregation.Last } or { Aggregation: < 0 or > RuleAggregation.Sum } =>
                Invalid("process.aggregation must be avg, max, min or sum."),
            _ => null,
        };
    }

    private static Problem? Window(RuleDefinition rule)
    {
        if (!Enum.IsDefined(rule.Aggregation))
            return Invalid("aggregation must be last, avg, max, min or sum.");
        if (rule.WindowSeconds is < 0 or > RuleLimits.WindowSeconds)
            return Invalid($"window must be 0 to {RuleDurations.Text(RuleLimits.WindowSeconds)}.");
        if (rule.Rate && (ProcessMetrics.Contains(rule.Metric) || IsOfStatus(rule)))
            return Invalid($"{rule.Metric} is no counter; leave rate out.");
        if (rule.Rate && rule.Aggregation != RuleAggregation.Last)
            return Invalid("rate is of the whole window already; leave aggregation out.");
        if (IsOfStatus(rule) && (rule.WindowSeconds > 0 || rule.Aggregation != RuleAggregation.Last))
            return Invalid($"{rule.Metric} is looked at as it is; leave window and aggregation out and write duration.");
        var needsWindow = rule.Rate || (rule.Aggregation != RuleAggregation.Last && rule.Process is null);
        if (needsWindow && rule.WindowSeconds == 0)
            return Invalid($"{(rule.Rate ? "rate" : "aggregation")} needs a window, such as 5m.");
        return rule.WindowSeconds > 0 && !rule.Rate && rule.Aggregation == RuleAggregation.Last
            ? Invalid("window needs an aggregation (avg, max, min or sum) or rate: the last value alone has none.")
            : null;
    }

    private static Problem? Comparison(RuleDefinition rule) =>
        !Enum.IsDefined(rule.Operator) ? Invalid("operator must be >, >=, <, <=, == or !=.")
        : !double.IsFinite(rule.Threshold) ? Invalid("threshold must be a finite number.")
        : null;

    private static Problem? Absent(RuleDefinition rule) =>
        IsOfStatus(rule) || ProcessMetrics.Contains(rule.Metric)
            ? Invalid($"absent goes with a metric that agents report as series; {rule.Metric} is none.")
        : rule.Rate || rule.WindowSeconds > 0 || rule.Aggregation != RuleAggregation.Last || Compares(rule) || rule.KeepFiringSeconds != 0
            ? Invalid("absent compares nothing: leave operator, threshold, rate, aggregation, window and keep_firing out.")
        : rule.DurationSeconds < RuleLimits.MinAbsentSeconds
            ? Invalid($"absent needs a duration of {RuleLimits.MinAbsentSeconds}s or more, so that a late report isn't taken for none.")
        : null;

    private static Problem? Expression(RuleDefinition rule)
    {
        if (!string.IsNullOrEmpty(rule.Metric) || rule.Labels is not { Count: 0 } || rule.Process is not null || rule.Rate || rule.Absent
            || rule.WindowSeconds != 0 || rule.Aggregation != RuleAggregation.Last || Compares(rule))
        {
            return Invalid("An expression says everything: leave metric, labels, process, rate, aggregation, window, operator, threshold and absent out.");
        }
        var parsed = PromQlParser.Parse(rule.Expression!);
        return !parsed.Ok ? parsed.Problem
            : parsed.Value.Kind == ExpressionKind.InstantVector ? null
            : Invalid("expression must give series (an instant vector), such as avg by (agent) (host_cpu_percent_normalized) > 80.");
    }

    private static Problem? Times(RuleDefinition rule) =>
        rule.DurationSeconds is < 0 or > RuleLimits.HoldSeconds ? Invalid($"duration must be 0 to {RuleDurations.Text(RuleLimits.HoldSeconds)}.")
        : rule.KeepFiringSeconds is < 0 or > RuleLimits.HoldSeconds ? Invalid($"keep_firing must be 0 to {RuleDurations.Text(RuleLimits.HoldSeconds)}.")
        : rule.IntervalSeconds is < RuleLimits.MinIntervalSeconds or > RuleLimits.MaxIntervalSeconds
            ? Invalid($"interval must be {RuleLimits.MinIntervalSeconds}s to {RuleDurations.Text(RuleLimits.MaxIntervalSeconds)}.")
        : rule.RepeatMinutes is < 1 or > RuleLimits.RepeatMinutes ? Invalid("repeat must be 1m to 1w, in whole minutes.")
        : rule.GroupSeconds is < 0 or > RuleLimits.GroupSeconds ? Invalid($"group must be 0 to {RuleDurations.Text(RuleLimits.GroupSeconds)}.")
        : null;

    private static Problem? Telling(RuleDefinition rule)
    {
        if (rule.Channels is not { Count: <= RuleLimits.Channels })
            return Invalid($"channels are {RuleLimits.Channels} at most.");
        if (rule.Channels.FindIndex(name => !RuleNames.IsId(name)) is var wrong and >= 0)
            return Invalid($"'{Short(rule.Channels[wrong])}' can't be a channel's name: it has {RuleNames.Rule}.");
        if (rule.Channels.Distinct().Count() < rule.Channels.Count)
            return Invalid("Name each channel once.");
        if (rule.Summary is not { } summary)
            return null;
        return summary.Length > RuleLimits.Summary ? Invalid($"summary may have {RuleLimits.Summary} characters; it has {summary.Length}.")
            : SummaryTemplate.Unknown(summary) is { } placeholder
                ? Invalid($"summary has no placeholder {Short(placeholder)}; there are {SummaryTemplate.Names}.")
            : null;
    }

    private static bool Compares(RuleDefinition rule) => rule.Operator != RuleOperator.Above || rule.Threshold != 0;

    private static bool IsOfStatus(RuleDefinition rule) => rule.Metric == RuleDefinition.AgentStatusMetric;

    private static Problem Invalid(string message) => TenantRules.Invalid(message);

    private static string Short(string? text) => TenantRules.Short(text ?? "");
}
