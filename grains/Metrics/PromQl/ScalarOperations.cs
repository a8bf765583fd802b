namespace Outrider.Grains.Metrics.PromQl;

/// <summary>Operators between a vector and a scalar.</summary>
internal static class ScalarOperations
{
    public static List<StepSeries> Evaluate(Expression.Binary binary, IReadOnlyList<StepSeries> vector, double scalar, bool isScalarLeft)
    {
        var keepsName = binary.Operator.IsComparison() && !binary.ReturnsBool;
        var result = new List<StepSeries>(vector.Count);
        foreach (var (labels, values) in vector)
        {
            var computed = Array.ConvertAll(values, value =>
                Absent.Is(value) ? value
                : isScalarLeft ? Compute(binary, scalar, value, kept: value)
                : Compute(binary, value, scalar, kept: value));
            result.Add(new StepSeries(keepsName ? labels : labels.DropName(), computed));
        }
        return keepsName ? result : StepVector.Merged(result);
    }

    /// <summary>What an arithmetic operator or a comparison makes of two values.</summary>
    /// <param name="kept">What a comparison that holds leaves.</param>
    public static double Compute(Expression.Binary binary, double left, double right, double kept) =>
        !binary.Operator.IsComparison() ? binary.Operator.Compute(left, right)
        : binary.ReturnsBool ? binary.Operator.Holds(left, right) ? 1 : 0
        : binary.Operator.Holds(left, right) ? kept : Absent.Value;
}
