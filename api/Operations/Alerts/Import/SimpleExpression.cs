using System.Text.RegularExpressions;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.PromQl;
using Outrider.Protocol.Metrics;

namespace Outrider.Api.Operations.Alerts.Import;

/// <summary>
/// Finds expressions that a rule can say itself: a selector, its rate or an aggregate over time, compared with a number; or that a selector
/// gives nothing.
/// </summary>
internal static partial class SimpleExpression
{
    /// <summary>As long as Prometheus takes a series for present that gives no more samples.</summary>
    private const int Lookback = 300;

    /// <summary>The rule with what <c>absent(selector)</c> says; null: it is something else.</summary>
    public static RuleDefinition? Absent(RuleDefinition rule, string expression, List<string> notes)
    {
        if (AbsentOf().Match(expression) is not { Success: true } match || PromQlParser.ParseSelector(match.Groups[1].Value) is not { Ok: true } selector
            || Selected(rule, selector.Value.Matchers) is not { } selected)
        {
            return null;
        }
        notes.Add("absent: fires for each matching agent that is online and gives no such sample, not once for all. Name the agents that should.");
        var duration = rule.DurationSeconds >= RuleLimits.MinAbsentSeconds ? rule.DurationSeconds : Lookback;
        if (rule.KeepFiringSeconds > 0)
            notes.Add("keep_firing_for is left out: a series that is back is back.");
        return selected with { Absent = true, DurationSeconds = duration, KeepFiringSeconds = 0 };
    }

    /// <summary>The rule with what a comparison says; null: a rule can't say it.</summary>
    public static RuleDefinition? Comparison(RuleDefinition rule, Expression expression)
    {
        if (expression is not Expression.Binary { ReturnsBool: false, Matching: null } comparison || Operator(comparison.Operator) is not { } op)
            return null;
        return comparison switch
        {
            { Right: Expression.Number right } => Compared(rule, comparison.Left, op, right.Value),
            { Left: Expression.Number left } => Compared(rule, comparison.Right, Turned(op), left.Value),
            _ => null,
        };
    }

    private static RuleDefinition? Compared(RuleDefinition rule, Expression value, RuleOperator op, double threshold)
    {
        if (!double.IsFinite(threshold))
            return null;
        rule = rule with { Operator = op, Threshold = threshold };
        switch (value)
        {
            case Expression.Selector { Offset: 0 } selector:
                return Selected(rule, selector.Matchers);
            case Expression.Call { Argument: null, Operand: { Source.Offset: 0 } range, Function.Name: var function }
                when range.Length % 1_000 == 0 && range.Length / 1_000 <= RuleLimits.WindowSeconds && Windowed(rule, function) is { } windowed:
                return Selected(windowed with { WindowSeconds = (int)(range.Length / 1_000) }, range.Source.Matchers);
            default:
                return null;
        }
    }

    private static RuleDefinition? Windowed(RuleDefinition rule, string function) => function switch
    {
        "rate" => rule with { Rate = true },
        "avg_over_time" => rule with { Aggregation = RuleAggregation.Avg },
        "max_over_time" => rule with { Aggregation = RuleAggregation.Max },
        "min_over_time" => rule with { Aggregation = RuleAggregation.Min },
        "sum_over_time" => rule with { Aggregation = RuleAggregation.Sum },
        _ => null,
    };

    /// <summary>The rule with metric, labels and agents of a selector; null: a rule has no such conditions.</summary>
    private static RuleDefinition? Selected(RuleDefinition rule, IReadOnlyList<LabelMatcher> matchers)
    {
        string? metric = null;
        var labels = new List<string>();
        var agents = new List<string>();
        foreach (var (label, op, value) in matchers)
        {
            var patterns = op switch
            {
                // A star is a star there, and any run of characters in a rule.
                MatchOperator.Equal when !value.Contains('*', StringComparison.Ordinal) => [value],
                MatchOperator.Matches => Patterns(value),
                _ => null,
            };
            if (patterns is null)
                return null;
            if (label == SeriesSelector.NameLabel && metric is null && op == MatchOperator.Equal)
                metric = value;
            else if (label == MetricNames.AgentLabel && agents.Count == 0 && patterns.TrueForAll(RuleNames.IsPattern))
                agents = patterns;
            else if (patterns.Count == 1 && MetricNames.IsLabel(label) && !labels.Exists(one => one.StartsWith($"{label}=", StringComparison.Ordinal)))
                labels.Add($"{label}={patterns[0]}");
            else
                return null;
        }
        var isOurs = metric is not null && (ProcessMetrics.Contains(metric) || metric == RuleDefinition.AgentStatusMetric);
        return metric is null || isOurs ? null : rule with { Metric = metric, Labels = labels, Agents = agents.Count == 0 ? ["*"] : agents };
    }

    /// <summary>The patterns that a regular expression of words, dots with stars and bars comes to; null: it is another.</summary>
    private static List<string>? Patterns(string expression)
    {
        var parts = expression.Split('|');
        return Array.TrueForAll(parts, Plain().IsMatch)
            ? [.. parts.Select(part => part.Replace(".*", "*", StringComparison.Ordinal).Replace("\\.", ".", StringComparison.Ordinal))]
            : null;
    }

    /// <summary>Null: it compares nothing.</summary>
    private static RuleOperator? Operator(BinaryOperator op) => op switch
    {
        BinaryOperator.Greater => RuleOperator.Above,
        BinaryOperator.GreaterOrEqual => RuleOperator.AtLeast,
        BinaryOperator.Less => RuleOperator.Below,
        BinaryOperator.LessOrEqual => RuleOperator.AtMost,
        BinaryOperator.Equal => RuleOperator.Equal,
        BinaryOperator.NotEqual => RuleOperator.NotEqual,
        _ => null,
    };

    private static RuleOperator Turned(RuleOperator op) => op switch
    {
        RuleOperator.Above => RuleOperator.Below,
        RuleOperator.AtLeast => RuleOperator.AtMost,
        RuleOperator.Below => RuleOperator.Above,
        RuleOperator.AtMost => RuleOperator.AtLeast,
        _ => op,
    };

    [GeneratedRegex(@"^\s*absent\s*\((.*)\)\s*\z", RegexOptions.Singleline)]
    private static partial Regex AbsentOf();

    /// <summary>Letters that mean themselves, <c>.*</c> and <c>\.</c>.</summary>
    [GeneratedRegex(@"^(?:[A-Za-z0-9_/:, -]|\\\.|\.\*)*\z")]
    private static partial Regex Plain();
}
