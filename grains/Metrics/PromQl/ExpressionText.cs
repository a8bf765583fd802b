using System.Globalization;

namespace Outrider.Grains.Metrics.PromQl;

/// <summary>Writes an expression as PromQL, in one way whatever it was read from.</summary>
internal static class ExpressionText
{
    public static string Of(Expression expression) => expression switch
    {
        Expression.Number number => Number(number.Value),
        Expression.Text text => QuotedText.Write(text.Value),
        Expression.Selector selector => Matchers(selector) + Offset(selector),
        Expression.Range range => $"{Matchers(range.Source)}[{Durations.Text(range.Length)}]{Offset(range.Source)}",
        Expression.Negation negation => $"-{Part(negation.Operand)}",
        Expression.Call call => $"{call.Function.Name}({Argument(call.Argument)}{Of(call.Operand)})",
        Expression.Aggregation aggregation =>
            $"{aggregation.Operator.Text()}{Grouping(aggregation.Grouping, "by", "without")}"
            + $"({Argument(aggregation.Argument)}{Of(aggregation.Operand)})",
        Expression.Binary binary =>
            $"{Part(binary.Left)} {binary.Operator.Text()}{(binary.ReturnsBool ? " bool" : "")}"
            + $"{Grouping(binary.Matching, "on", "ignoring")} {Part(binary.Right)}",
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };

    private static string Number(double value) => value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Matchers(Expression.Selector selector) =>
        $"{{{string.Join(',', selector.Matchers.Select(one => $"{one.Label}{Operator(one.Operator)}{QuotedText.Write(one.Value)}"))}}}";

    private static string Operator(MatchOperator matching) => matching switch
    {
        MatchOperator.Equal => "=",
        MatchOperator.NotEqual => "!=",
        MatchOperator.Matches => "=~",
        _ => "!~",
    };

    private static string Offset(Expression.Selector selector) => selector.Offset switch
    {
        0 => "",
        > 0 => $" offset {Durations.Text(selector.Offset)}",
        _ => $" offset -{Durations.Text(-selector.Offset)}",
    };

    private static string Grouping(Grouping? grouping, string only, string all) =>
        grouping is null ? "" : $" {(grouping.Only ? only : all)} ({string.Join(", ", grouping.Labels)})";

    private static string Argument(Expression? argument) => argument is null ? "" : $"{Of(argument)}, ";

    /// <summary>In parentheses where an operator beside it could take it apart.</summary>
    private static string Part(Expression expression) =>
        Of(expression) is var text && (expression is Expression.Binary || text.StartsWith('-')) ? $"({text})" : text;
}
