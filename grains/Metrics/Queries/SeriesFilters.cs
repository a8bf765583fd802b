using System.Text.RegularExpressions;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Metrics.Queries;

/// <summary>Conditions on series as callers write them.</summary>
public static class SeriesFilters
{
    /// <summary>Labels of one query at most.</summary>
    public const int MaxLabels = MetricLimits.Labels;

    /// <summary>
    /// Reads <c>name=value</c> pairs, all of which must hold; an empty value means that the label isn't there. Problem:
    /// <see cref="ProblemCodes.InvalidArgument"/>.
    /// </summary>
    public static Outcome<List<LabelMatcher>> Labels(IReadOnlyList<string> pairs)
    {
        if (pairs.Count > MaxLabels)
            return QueryProblem.Of($"There are {pairs.Count} labels; at most {MaxLabels} can be given.");
        var matchers = new List<LabelMatcher>(pairs.Count);
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 0 || !MetricNames.IsLabel(pair[..at]))
                return QueryProblem.Of("labels", pair, "name=value, such as mount=/var, and may be given several times");
            matchers.Add(new LabelMatcher(pair[..at], MatchOperator.Equal, pair[(at + 1)..]));
        }
        return matchers;
    }

    /// <summary>The metric of a name, or those that match a pattern with <c>*</c>. Problem: <see cref="ProblemCodes.InvalidArgument"/>.</summary>
    public static Outcome<LabelMatcher> Metric(string text) =>
        MetricNames.IsMetric(text) ? new LabelMatcher(SeriesSelector.NameLabel, MatchOperator.Equal, text)
        : text.Contains('*', StringComparison.Ordinal) && MetricNames.IsMetric($"_{text.Replace("*", "", StringComparison.Ordinal)}")
            ? new LabelMatcher(
                SeriesSelector.NameLabel, MatchOperator.Matches, Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal))
        : WrongMetric(text);

    public static Problem WrongMetric(string? text) => string.IsNullOrEmpty(text)
        ? QueryProblem.Of("metric is missing: name one, such as host_cpu_percent_normalized.")
        : QueryProblem.Of("metric", text, MetricNames.MetricRule);

    /// <summary>The series of one agent.</summary>
    public static LabelMatcher Agent(string agent) => new(MetricNames.AgentLabel, MatchOperator.Equal, agent);
}
