namespace Outrider.Grains.Metrics.PromQl;

/// <summary>Makes few series of many, group by group, at each step of those that have a value there.</summary>
internal static class Aggregations
{
    public static List<StepSeries> Evaluate(
        Expression.Aggregation aggregation, double argument, IReadOnlyList<StepSeries> vector, int steps)
    {
        var grouping = aggregation.Grouping ?? Grouping.None;
        var groups = vector.GroupBy(series => grouping.Of(series.Labels));
        if (aggregation.Operator is not (AggregateOperator.TopK or AggregateOperator.BottomK))
            return [.. groups.Select(group => new StepSeries(group.Key, Values(aggregation.Operator, argument, [.. group], steps)))];
        var places = Places(argument);
        return [.. groups.SelectMany(group => Best([.. group], places, aggregation.Operator == AggregateOperator.TopK, steps))];
    }

    private static double[] Values(AggregateOperator aggregate, double argument, StepSeries[] group, int steps) => aggregate switch
    {
        AggregateOperator.Sum => Folded(group, steps, static value => value, static (sum, value) => sum + value),
        AggregateOperator.Count => Folded(group, steps, static _ => 1, static (count, _) => count + 1),
        AggregateOperator.Min => Folded(group, steps, static value => value, static (min, value) => value < min || double.IsNaN(min) ? value : min),
        AggregateOperator.Max => Folded(group, steps, static value => value, static (max, value) => value > max || double.IsNaN(max) ? value : max),
        AggregateOperator.Avg => Averages(group, steps),
        _ => Quantiles(group, steps, argument),
    };

    private static double[] Folded(StepSeries[] group, int steps, Func<double, double> first, Func<double, double, double> next)
    {
        var folded = Absent.Array(steps);
        foreach (var (_, values) in group)
        {
            for (var step = 0; step < steps; step++)
            {
                if (!Absent.Is(values[step]))
                    folded[step] = Absent.Is(folded[step]) ? first(values[step]) : next(folded[step], values[step]);
            }
        }
        return folded;
    }

    /// <summary>Means that move with each value, since a sum could be too large for a double.</summary>
    private static double[] Averages(StepSeries[] group, int steps)
    {
        var means = Absent.Array(steps);
        var counts = new int[steps];
        foreach (var (_, values) in group)
        {
            for (var step = 0; step < steps; step++)
            {
                var value = values[step];
                if (Absent.Is(value))
                    continue;
                double count = ++counts[step];
                if (count == 1)
                    means[step] = value;
                else if (!RangeFunctions.StaysInfinite(means[step], value))
                    means[step] += value / count - means[step] / count;
            }
        }
        return means;
    }

    private static double[] Quantiles(StepSeries[] group, int steps, double share)
    {
        var quantiles = Absent.Array(steps);
        var there = new double[group.Length];
        for (var step = 0; step < steps; step++)
        {
            var count = 0;
            foreach (var (_, values) in group)
            {
                if (!Absent.Is(values[step]))
                    there[count++] = values[step];
            }
            if (count > 0)
                quantiles[step] = RangeFunctions.Quantile(share, there.AsSpan(0, count));
        }
        return quantiles;
    }

    /// <summary>The series with the largest or smallest values, by the place they have at the last step.</summary>
    private static IEnumerable<StepSeries> Best(StepSeries[] group, long places, bool largest, int steps)
    {
        var best = new StepSeries?[group.Length];
        var ranked = new List<int>(group.Length);
        for (var step = 0; step < steps; step++)
        {
            ranked.Clear();
            ranked.AddRange(Enumerable.Range(0, group.Length).Where(i => !Absent.Is(group[i].Values[step])));
            ranked.Sort((a, b) => Rank(group[a].Values[step], group[b].Values[step], largest) is not 0 and var rank ? rank : a - b);
            foreach (var i in ranked.Take((int)Math.Clamp(places, 0, group.Length)))
                (best[i] ??= group[i] with { Values = Absent.Array(steps) }).Values[step] = group[i].Values[step];
        }
        return ranked.Concat(Enumerable.Range(0, group.Length).Except(ranked)).Select(i => best[i]).OfType<StepSeries>();
    }

    /// <summary>NaN comes last.</summary>
    private static int Rank(double a, double b, bool largest) =>
        double.IsNaN(a) || double.IsNaN(b) ? double.IsNaN(a).CompareTo(double.IsNaN(b)) : largest ? b.CompareTo(a) : a.CompareTo(b);

    private static long Places(double argument) => argument is >= long.MinValue and < long.MaxValue
        ? (long)argument
        : throw QueryException.Failed($"topk and bottomk take a number of series; {argument} is none.");
}
