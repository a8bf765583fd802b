using System.Diagnostics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Metrics.PromQl;

/// <summary>Evaluates an expression at all steps at once, from what its plan has read.</summary>
public static class Evaluator
{
    /// <summary><see cref="ProblemCodes.QueryFailed"/>: what was read doesn't allow it, such as two series that match one.</summary>
    public static Outcome<QueryValue> Evaluate(QueryPlan plan)
    {
        try
        {
            return plan.Expression switch
            {
                { Kind: ExpressionKind.Scalar } scalar => new QueryValue.Scalar(Scalar(scalar)),
                Expression.Text text => new QueryValue.Text(text.Value),
                Expression.Range range => new QueryValue.Matrix(plan.SamplesOf(range)),
                var vector => new QueryValue.Vector(InOrder(plan, Vector(plan, vector))),
            };
        }
        catch (QueryException e)
        {
            return e.Problem;
        }
    }

    /// <summary>The value of an expression of that kind; 0 for none.</summary>
    internal static double Scalar(Expression? scalar) => scalar switch
    {
        null => 0,
        Expression.Number number => number.Value,
        Expression.Negation negation => -Scalar(negation.Operand),
        Expression.Binary binary when binary.Operator.IsComparison() =>
            binary.Operator.Holds(Scalar(binary.Left), Scalar(binary.Right)) ? 1 : 0,
        Expression.Binary binary => binary.Operator.Compute(Scalar(binary.Left), Scalar(binary.Right)),
        _ => throw new UnreachableException(),
    };

    private static IReadOnlyList<StepSeries> Vector(QueryPlan plan, Expression vector) => vector switch
    {
        Expression.Negation negation => Negated(Vector(plan, negation.Operand)),
        Expression.Aggregation aggregation => Aggregations.Evaluate(
            aggregation, Scalar(aggregation.Argument), Vector(plan, aggregation.Operand), plan.Steps.Count),
        Expression.Binary { Left.Kind: ExpressionKind.Scalar } binary =>
            ScalarOperations.Evaluate(binary, Vector(plan, binary.Right), Scalar(binary.Left), isScalarLeft: true),
        Expression.Binary { Right.Kind: ExpressionKind.Scalar } binary =>
            ScalarOperations.Evaluate(binary, Vector(plan, binary.Left), Scalar(binary.Right), isScalarLeft: false),
        Expression.Binary binary when binary.Operator.IsSet() =>
            SetOperations.Evaluate(binary, Vector(plan, binary.Left), Vector(plan, binary.Right)),
        Expression.Binary binary => VectorOperations.Evaluate(binary, Vector(plan, binary.Left), Vector(plan, binary.Right)),
        var leaf => plan.SeriesOf(leaf),
    };

    private static List<StepSeries> Negated(IReadOnlyList<StepSeries> vector)
    {
        List<StepSeries> negated =
        [
            .. vector.Select(series => new StepSeries(
                series.Labels.DropName(), Array.ConvertAll(series.Values, static value => Absent.Is(value) ? value : -value))),
        ];
        StepVector.RequireDistinct(negated);
        return negated;
    }

    private static IReadOnlyList<StepSeries> InOrder(QueryPlan plan, IReadOnlyList<StepSeries> vector) =>
        plan is { Steps.Count: 1, Expression: Expression.Aggregation { Operator: AggregateOperator.TopK or AggregateOperator.BottomK } }
            ? vector
            : [.. vector.OrderBy(static series => series.Labels, Comparer<LabelSet>.Create(LabelSet.Compare))];
}
