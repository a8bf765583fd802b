namespace Outrider.Grains.Metrics;

/// <summary>A condition on a label; <c>__name__</c> is the metric's name, <c>agent</c> the agent's.</summary>
public sealed record LabelMatcher(string Label, MatchOperator Operator, string Value);
