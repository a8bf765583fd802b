using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Metrics;

namespace Outrider.Api.Operations.Metrics;

/// <summary>One metric of several agents, in one or several periods.</summary>
public sealed record MetricComparison
{
    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Gauge or counter.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>Of values and summaries.</summary>
    public required string Unit { get; init; }

    /// <summary>As in <see cref="MetricRange"/>.</summary>
    public required MetricAggregate Aggregate { get; init; }

    /// <summary>The same for all periods; raw, or the length of a step.</summary>
    public required string Step { get; init; }

    /// <summary>The same as a number; 0: raw.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>Those compared, also those that have no series of the metric.</summary>
    public required List<string> Agents { get; init; }

    /// <summary>Oldest first.</summary>
    public required List<ComparedPeriod> Periods { get; init; }

    /// <summary>By agent, labels and period.</summary>
    public required List<ComparedSeries> Series { get; init; }
}
