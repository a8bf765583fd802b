namespace Outrider.Grains.Alerts.Rules;

/// <summary>How many values become one.</summary>
public enum RuleAggregation
{
    /// <summary>The newest.</summary>
    Last,
    Avg,
    Max,
    Min,
    Sum,
}
