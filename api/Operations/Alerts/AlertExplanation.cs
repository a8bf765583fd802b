using Outrider.Api.Operations.Metrics;

namespace Outrider.Api.Operations.Alerts;

/// <summary>An alert with the samples behind it.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Samples">What was measured from before it began until it ended, or now; null: <paramref name="Why"/>.</param>
/// <param name="Why">Why there are none.</param>
public sealed record AlertExplanation(AlertView Alert, MetricRange? Samples, string? Why);
