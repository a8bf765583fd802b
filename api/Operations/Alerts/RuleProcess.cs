using Outrider.Grains.Alerts.Rules;

namespace Outrider.Api.Operations.Alerts;

/// <summary>Which processes a rule looks at.</summary>
/// <param name="Name">The process's name, or a pattern with '*'.</param>
/// <param name="Aggregation">How the values of those that match become one: avg, max, min or sum.</param>
public sealed record RuleProcess(string Name, RuleAggregation Aggregation = RuleAggregation.Avg);
