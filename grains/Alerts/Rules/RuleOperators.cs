namespace Outrider.Grains.Alerts.Rules;

/// <summary>What the operators mean.</summary>
public static class RuleOperators
{
    /// <summary>Whether the comparison holds. With NaN none does.</summary>
    public static bool Holds(this RuleOperator op, double value, double threshold) => !double.IsNaN(value) && op switch
    {
        RuleOperator.Above => value > threshold,
        RuleOperator.AtLeast => value >= threshold,
        RuleOperator.Below => value < threshold,
        RuleOperator.AtMost => value <= threshold,
        RuleOperator.Equal => value == threshold,
        RuleOperator.NotEqual => value != threshold,
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    /// <summary>As it is written: <c>&gt;=</c>.</summary>
    public static string Text(this RuleOperator op) => op switch
    {
        RuleOperator.Above => ">",
        RuleOperator.AtLeast => ">=",
        RuleOperator.Below => "<",
        RuleOperator.AtMost => "<=",
        RuleOperator.Equal => "==",
        RuleOperator.NotEqual => "!=",
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };
}
