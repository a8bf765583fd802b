using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Metrics.Queries;

/// <summary>Chooses and applies a <see cref="MetricAggregate"/>.</summary>
public static class Aggregates
{
    public const string Rule = "avg, min, max, last, sum or count, or of a counter rate";

    /// <summary>
    /// What the caller asked for; null: the rate of a counter, the average of a gauge. Problem:
    /// <see cref="ProblemCodes.InvalidArgument"/>.
    /// </summary>
    public static Outcome<MetricAggregate> Parse(string? text, MetricKind kind)
    {
        if (text is null)
            return kind == MetricKind.Counter ? MetricAggregate.Rate : MetricAggregate.Avg;
        // Numbers would pass as enum values too.
        if (!char.IsAsciiLetter(text.FirstOrDefault()) || !Enum.TryParse<MetricAggregate>(text, ignoreCase: true, out var aggregate))
            return QueryProblem.Of("aggregate", text, Rule);
        return kind == MetricKind.Counter || aggregate != MetricAggregate.Rate ? aggregate : QueryProblem.Of(
            "Only a counter has a rate, and this metric is a gauge. Ask for avg, min, max or last.");
    }

    /// <summary>The value of a step; for a rate of one that <see cref="CounterRates"/> made.</summary>
    public static double Of(MetricStep step, MetricAggregate aggregate) => aggregate switch
    {
        MetricAggregate.Min => step.Min,
        MetricAggregate.Max => step.Max,
        MetricAggregate.Last => step.Last,
        MetricAggregate.Sum => step.Sum,
        MetricAggregate.Count => step.Count,
        _ => step.Average,
    };
}
