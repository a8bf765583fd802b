namespace Outrider.Grains.Metrics.PromQl;

/// <summary>
/// A PromQL expression whose parts are of the kinds that their places need. As text it is PromQL again; what means the same reads the same.
/// </summary>
/// <param name="Kind">What it evaluates to.</param>
/// <param name="Height">Levels of the tree; bounded, because it is walked by recursion.</param>
public abstract record Expression(ExpressionKind Kind, int Height)
{
    public sealed override string ToString() => ExpressionText.Of(this);

    public sealed record Number(double Value) : Expression(ExpressionKind.Scalar, 1);

    public sealed record Text(string Value) : Expression(ExpressionKind.String, 1);

    /// <param name="Matchers">Not empty; the metric's name is one of them.</param>
    /// <param name="Offset">Milliseconds back in time; negative: ahead.</param>
    public sealed record Selector(IReadOnlyList<LabelMatcher> Matchers, long Offset) : Expression(ExpressionKind.InstantVector, 1);

    /// <param name="Source">Whose samples.</param>
    /// <param name="Length">Milliseconds, above 0.</param>
    public sealed record Range(Selector Source, long Length) : Expression(ExpressionKind.RangeVector, 2);

    public sealed record Negation(Expression Operand) : Expression(Operand.Kind, Operand.Height + 1);

    /// <param name="Function">Of a range vector.</param>
    /// <param name="Argument">A scalar, for a function that has one.</param>
    /// <param name="Operand">What it is applied to.</param>
    public sealed record Call(RangeFunction Function, Expression? Argument, Range Operand)
        : Expression(ExpressionKind.InstantVector, Math.Max(Argument?.Height ?? 0, Operand.Height) + 1);

    /// <param name="Operator">What becomes of the values of a group.</param>
    /// <param name="Argument">A scalar, for an operator that has one.</param>
    /// <param name="Operand">An instant vector.</param>
    /// <param name="Grouping">Which series make a group; null: all make one.</param>
    public sealed record Aggregation(AggregateOperator Operator, Expression? Argument, Expression Operand, Grouping? Grouping)
        : Expression(ExpressionKind.InstantVector, Math.Max(Argument?.Height ?? 0, Operand.Height) + 1);

    /// <param name="Operator">Joins two scalars or instant vectors.</param>
    /// <param name="Left">Left of it.</param>
    /// <param name="Right">Right of it.</param>
    /// <param name="ReturnsBool">A comparison gives 0 or 1 instead of choosing.</param>
    /// <param name="Matching">Which labels must be equal, between two vectors; null: all.</param>
    public sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right, bool ReturnsBool, Grouping? Matching)
        : Expression(
            Left.Kind == ExpressionKind.Scalar ? Right.Kind : ExpressionKind.InstantVector, Math.Max(Left.Height, Right.Height) + 1);
}
