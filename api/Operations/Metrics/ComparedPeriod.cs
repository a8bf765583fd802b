namespace Outrider.Api.Operations.Metrics;

/// <summary>A stretch of time of a comparison.</summary>
/// <param name="From">The beginning.</param>
/// <param name="To">The end, which is no longer in it.</param>
/// <param name="Times">As in <see cref="MetricRange"/>.</param>
public sealed record ComparedPeriod(DateTimeOffset From, DateTimeOffset To, List<DateTimeOffset> Times);
