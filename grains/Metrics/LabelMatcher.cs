using System.Buffers;
using System.Text.RegularExpressions;

namespace Outrider.Grains.Metrics;

/// <summary>A condition on a label; <c>__name__</c> is the metric's name, <c>agent</c> the agent's.</summary>
public sealed record LabelMatcher(string Label, MatchOperator Operator, string Value)
{
    /// <summary>Which expressions can be used.</summary>
    public const string ExpressionRule =
        "write a regular expression of at most 1024 characters without look-around and back references";

    private const int MaxExpression = 1_024;

    /// <summary>What has a meaning in an expression, but for the bar.</summary>
    private static readonly SearchValues<char> s_special = SearchValues.Create(@"\.+*?()[]{}^$#");

    /// <summary>Tells whether a value fulfils it; null: its expression is none.</summary>
    public Func<string, bool>? Test()
    {
        if (Operator is MatchOperator.Equal)
            return value => value == Value;
        if (Operator is MatchOperator.NotEqual)
            return value => value != Value;
        if (Expression(Value) is not { } matches)
            return null;
        return Operator == MatchOperator.Matches ? matches : value => !matches(value);
    }

    /// <summary>A test for the whole of a value; null: the expression is none.</summary>
    private static Func<string, bool>? Expression(string text)
    {
        if (text.Length > MaxExpression)
            return null;
        // Dashboards write single names and lists of names as expressions; to build one takes longer than a query.
        if (text.AsSpan().IndexOfAny(s_special) < 0)
            return text.Split('|').ToHashSet(StringComparer.Ordinal).Contains;
        try
        {
            // Matches in linear time whatever the expression is, as Prometheus' do.
            return new Regex($@"\A(?:{text})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant).IsMatch;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
