namespace Outrider.Api.Operations.Metrics;

/// <summary>What is to be compared, as the caller wrote it.</summary>
public sealed record ComparisonQuestion
{
    /// <summary>Metric, labels, step and so on; its times are those of the last period.</summary>
    public required MetricQuestion Metric { get; init; }

    /// <summary>Names and patterns with <c>*</c>; none: all.</summary>
    public IReadOnlyList<string> Agents { get; init; } = [];

    /// <summary>So many periods of the same length just before are compared, too.</summary>
    public int Previous { get; init; }

    /// <summary>Instead of all other times: each two times with a <c>/</c> between.</summary>
    public IReadOnlyList<string> Periods { get; init; } = [];
}
