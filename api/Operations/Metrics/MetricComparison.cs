using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Metrics;

namespace Outrider.Api.Operations.Metrics;

/// <summary>One metric of several agents, in one or several periods.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Kind">Gauge or counter.</param>
/// <param name="Unit">Of values and summaries.</param>
/// <param name="Aggregate">As in <see cref="MetricRange"/>.</param>
/// <param name="Step">The same for all periods; raw, or the length of a step.</param>
/// <param name="StepSeconds">The same as a number; 0: raw.</param>
/// <param name="Agents">Those compared, also those that have no series of the metric.</param>
/// <param name="Periods">Oldest first.</param>
/// <param name="Series">By agent, labels and period.</param>
public sealed record MetricComparison(
    string Metric,
    MetricKind Kind,
    string Unit,
    MetricAggregate Aggregate,
    string Step,
    double StepSeconds,
    List<string> Agents,
    List<ComparedPeriod> Periods,
    List<ComparedSeries> Series);
