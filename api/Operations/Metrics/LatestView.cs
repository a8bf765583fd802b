namespace Outrider.Api.Operations.Metrics;

/// <summary>The newest sample of a series.</summary>
public sealed record LatestView
{
    /// <summary>The metric.</summary>
    public required string Metric { get; init; }

    /// <summary>What tells the series from others of the metric.</summary>
    public required Dictionary<string, string> Labels { get; init; }

    /// <summary>The value's unit.</summary>
    public required string Unit { get; init; }

    /// <summary>As it was measured, a counter's too; null when it is no finite number.</summary>
    public double? Value { get; init; }

    /// <summary>When it was measured.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How long ago that is, by the centre's clock.</summary>
    public required double AgeSeconds { get; init; }

    /// <summary>It is older than 5 minutes: most likely the series has ended, or its agent doesn't report.</summary>
    public required bool Stale { get; init; }

    /// <summary>By how much a counter rose per second in the last 5 minutes; null when that isn't known, and of a gauge.</summary>
    public double? RatePerSecond { get; init; }
}
