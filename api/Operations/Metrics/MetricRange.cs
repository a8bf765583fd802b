using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Metrics;

namespace Outrider.Api.Operations.Metrics;

/// <summary>A metric of one agent over a stretch of time.</summary>
public sealed record MetricRange
{
    /// <summary>Whose.</summary>
    public required string Agent { get; init; }

    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Gauge or counter.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>Of values and summaries, such as percent or bytes per second (for counts: of the summaries).</summary>
    public required string Unit { get; init; }

    /// <summary>What each value is of the samples of its step; rate for a counter unless asked otherwise.</summary>
    public required MetricAggregate Aggregate { get; init; }

    /// <summary>raw, or the length of a step. Longer than asked for where what is old is kept in longer steps only.</summary>
    public required string Step { get; init; }

    /// <summary>The same as a number; 0: raw.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>The beginning; the first step is the one it is in.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end, which is no longer in it.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>When each step begins, all of them; for raw, when there is a sample of one of the series.</summary>
    public required List<DateTimeOffset> Times { get; init; }

    /// <summary>The series, by labels.</summary>
    public required List<SeriesView> Series { get; init; }
}
