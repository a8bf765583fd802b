namespace Outrider.Grains.Metrics.PromQl;

/// <summary>and, or and unless: which series of two vectors remain, at each step, by whether the other side has one that matches.</summary>
internal static class SetOperations
{
    public static IReadOnlyList<StepSeries> Evaluate(
        Expression.Binary binary, IReadOnlyList<StepSeries> left, IReadOnlyList<StepSeries> right)
    {
        var matching = binary.Matching ?? Grouping.All;
        if (binary.Operator == BinaryOperator.Or)
            return StepVector.Merged([.. left.Select(Copied), .. Where(right, left, matching, otherIsThere: false)]);
        return Where(left, right, matching, otherIsThere: binary.Operator == BinaryOperator.And);
    }

    private static List<StepSeries> Where(
        IReadOnlyList<StepSeries> vector, IReadOnlyList<StepSeries> others, Grouping matching, bool otherIsThere)
    {
        var present = Presence(others, matching);
        var result = new List<StepSeries>(vector.Count);
        foreach (var (labels, values) in vector)
        {
            var there = present.GetValueOrDefault(matching.Of(labels));
            var chosen = new double[values.Length];
            for (var step = 0; step < chosen.Length; step++)
                chosen[step] = (there is not null && there[step]) == otherIsThere ? values[step] : Absent.Value;
            result.Add(new StepSeries(labels, chosen));
        }
        return result;
    }

    /// <summary>By the labels that match: the steps at which there is a series that has them.</summary>
    private static Dictionary<LabelSet, bool[]> Presence(IReadOnlyList<StepSeries> vector, Grouping matching)
    {
        var present = new Dictionary<LabelSet, bool[]>();
        foreach (var (labels, values) in vector)
        {
            var match = matching.Of(labels);
            if (!present.TryGetValue(match, out var there))
                present.Add(match, there = new bool[values.Length]);
            for (var step = 0; step < values.Length; step++)
                there[step] |= !Absent.Is(values[step]);
        }
        return present;
    }

    /// <summary>Merging fills the gaps of the first of two equal series; the operand itself may be used again.</summary>
    private static StepSeries Copied(StepSeries series) => series with { Values = [.. series.Values] };
}
