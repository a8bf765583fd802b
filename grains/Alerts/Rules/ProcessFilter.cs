namespace Outrider.Grains.Alerts.Rules;

/// <summary>Which processes a rule looks at, as one subject.</summary>
/// <param name="Name">The process's name, or a pattern with <c>*</c>.</param>
/// <param name="Aggregation">How the values of those that match become one; <see cref="RuleAggregation.Last"/> is not for processes.</param>
public sealed record ProcessFilter(string Name, RuleAggregation Aggregation = RuleAggregation.Avg);
