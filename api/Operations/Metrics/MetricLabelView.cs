namespace Outrider.Api.Operations.Metrics;

/// <summary>A label of a metric.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many different values it has.</param>
/// <param name="Values">The first of them, in order.</param>
public sealed record MetricLabelView(string Name, int Count, List<string> Values);
