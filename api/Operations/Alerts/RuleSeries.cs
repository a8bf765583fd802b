namespace Outrider.Api.Operations.Alerts;

/// <summary>A series that a rule looks at.</summary>
public sealed record RuleSeries(string Agent, string Metric, Dictionary<string, string> Labels);
