namespace Outrider.Api.Operations.Metrics;

/// <summary>The metrics of an agent.</summary>
/// <param name="Agent">Whose.</param>
/// <param name="Metrics">By name.</param>
public sealed record MetricList(string Agent, List<MetricView> Metrics);
