using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Metrics;

namespace Outrider.Api.Operations.Metrics;

/// <summary>A metric of one agent over a stretch of time.</summary>
/// <param name="Agent">Whose.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Kind">Gauge or counter.</param>
/// <param name="Unit">Of values and summaries, such as percent or bytes per second (for counts: of the summaries).</param>
/// <param name="Aggregate">What each value is of the samples of its step; rate for a counter unless asked otherwise.</param>
/// <param name="Step">raw, or the length of a step. Longer than asked for where what is old is kept in longer steps only.</param>
/// <param name="StepSeconds">The same as a number; 0: raw.</param>
/// <param name="From">The beginning; the first step is the one it is in.</param>
/// <param name="To">The end, which is no longer in it.</param>
/// <param name="Times">When each step begins, all of them; for raw, when there is a sample of one of the series.</param>
/// <param name="Series">The series, by labels.</param>
public sealed record MetricRange(
    string Agent,
    string Metric,
    MetricKind Kind,
    string Unit,
    MetricAggregate Aggregate,
    string Step,
    double StepSeconds,
    DateTimeOffset From,
    DateTimeOffset To,
    List<DateTimeOffset> Times,
    List<SeriesView> Series);
