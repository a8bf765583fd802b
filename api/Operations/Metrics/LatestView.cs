namespace Outrider.Api.Operations.Metrics;

/// <summary>The newest sample of a series.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Labels">What tells the series from others of the metric.</param>
/// <param name="Unit">The value's unit.</param>
/// <param name="Value">As it was measured, a counter's too; null when it is no finite number.</param>
/// <param name="Time">When it was measured.</param>
/// <param name="AgeSeconds">How long ago that is, by the centre's clock.</param>
/// <param name="Stale">It is older than 5 minutes: most likely the series has ended, or its agent doesn't report.</param>
/// <param name="RatePerSecond">By how much a counter rose per second in the last 5 minutes; null when that isn't known, and of a gauge.</param>
public sealed record LatestView(
    string Metric,
    Dictionary<string, string> Labels,
    string Unit,
    double? Value,
    DateTimeOffset Time,
    double AgeSeconds,
    bool Stale,
    double? RatePerSecond);
