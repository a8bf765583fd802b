namespace Outrider.Grains.Metrics.PromQl;

/// <summary>Arithmetic operators and comparisons between two vectors, one series to one.</summary>
internal static class VectorOperations
{
    public static List<StepSeries> Evaluate(Expression.Binary binary, IReadOnlyList<StepSeries> left, IReadOnlyList<StepSeries> right)
    {
        var matching = binary.Matching ?? Grouping.All;
        var others = ByMatch(right, matching, left);
        var byMatch = new Dictionary<LabelSet, double[]>();
        var result = new List<StepSeries>(left.Count);
        foreach (var (labels, values) in left)
        {
            var match = matching.Of(labels);
            if (!others.TryGetValue(match, out var other))
                continue;
            var computed = new double[values.Length];
            for (var step = 0; step < computed.Length; step++)
            {
                computed[step] = Absent.Is(values[step]) || Absent.Is(other[step])
                    ? Absent.Value
                    : ScalarOperations.Compute(binary, values[step], other[step], kept: values[step]);
            }
            if (!byMatch.TryAdd(match, computed) && !StepVector.TryFill(byMatch[match] = [.. byMatch[match]], computed))
                throw ManyToOne(match, "left");
            result.Add(new StepSeries(ResultLabels(binary, matching, labels), computed));
        }
        return StepVector.Merged(result);
    }

    /// <summary>The values of the right side by the labels that match.</summary>
    private static Dictionary<LabelSet, double[]> ByMatch(
        IReadOnlyList<StepSeries> right, Grouping matching, IReadOnlyList<StepSeries> left)
    {
        var byMatch = new Dictionary<LabelSet, double[]>(right.Count);
        foreach (var (labels, values) in right)
        {
            var match = matching.Of(labels);
            if (byMatch.TryAdd(match, values))
                continue;
            var both = byMatch[match] = [.. byMatch[match]];
            for (var step = 0; step < both.Length; step++)
            {
                if (Absent.Is(values[step]))
                    continue;
                // Where the left side has nothing at all, Prometheus doesn't look.
                if (!Absent.Is(both[step]) && left.Any(series => !Absent.Is(series.Values[step])))
                    throw ManyToOne(match, "right");
                both[step] = values[step];
            }
        }
        return byMatch;
    }

    private static LabelSet ResultLabels(Expression.Binary binary, Grouping matching, LabelSet left)
    {
        var labels = binary.Operator.IsComparison() && !binary.ReturnsBool ? left : left.DropName();
        return matching.Only ? labels.Keep(matching.Labels) : labels.Drop(matching.Labels);
    }

    private static QueryException ManyToOne(LabelSet match, string side) => QueryException.Failed(
        $"Several series on the {side} match {match}; one must match one. Aggregate that side first, or match on more labels.");
}
