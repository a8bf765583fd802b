namespace Outrider.Api.Operations.Fleet;

/// <summary>Which sparklines, as callers write it; what is null has its default.</summary>
/// <param name="Agents">Names.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Period">How far back.</param>
/// <param name="Points">Steps at most.</param>
public sealed record SparklineQuestion(IReadOnlyList<string> Agents, string? Metric, string? Period, int? Points);
