namespace Outrider.Api.Operations.Metrics;

/// <summary>A question about one metric, as the caller wrote it; null: left out.</summary>
public sealed record MetricQuestion
{
    public string? Metric { get; init; }

    /// <summary>Pairs <c>name=value</c>, all of which must hold.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>RFC 3339.</summary>
    public string? From { get; init; }

    /// <summary>RFC 3339.</summary>
    public string? To { get; init; }

    /// <summary>As <see cref="Grains.Metrics.Queries.Periods"/>.</summary>
    public string? Period { get; init; }

    /// <summary>As <see cref="Grains.Metrics.Queries.QuerySteps"/>.</summary>
    public string? Step { get; init; }

    /// <summary>Steps of a series at most, where <see cref="Step"/> is left out; null: the ladder's.</summary>
    public int? Points { get; init; }

    /// <summary>As <see cref="Grains.Metrics.Queries.MetricAggregate"/>.</summary>
    public string? Aggregate { get; init; }
}
