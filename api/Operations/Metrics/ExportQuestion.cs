namespace Outrider.Api.Operations.Metrics;

/// <summary>What is to be exported, as the caller wrote it; null: left out.</summary>
public sealed record ExportQuestion
{
    /// <summary>Names and patterns with <c>*</c>; none: all.</summary>
    public IReadOnlyList<string> Agents { get; init; } = [];

    /// <summary>Names and patterns with <c>*</c>; none: all.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>Pairs <c>name=value</c>, all of which must hold.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>RFC 3339.</summary>
    public string? From { get; init; }

    /// <summary>RFC 3339.</summary>
    public string? To { get; init; }

    /// <summary>As <see cref="Grains.Metrics.Queries.Periods"/>.</summary>
    public string? Period { get; init; }
}
