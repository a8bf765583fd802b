using Outrider.Grains.Alerts.Rules;

namespace Outrider.Api.Operations.Alerts;

/// <summary>The condition of an <see cref="OldRule"/>.</summary>
/// <param name="Metric">cpu, memory, disk, or a metric of today.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Threshold">With what.</param>
/// <param name="Duration">For how long, such as 5m.</param>
public sealed record OldCondition(string Metric, RuleOperator Operator, double Threshold, RuleDuration? Duration = null);
