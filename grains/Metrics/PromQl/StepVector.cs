namespace Outrider.Grains.Metrics.PromQl;

/// <summary>What holds of an instant vector at every step: no two of its series have the same labels.</summary>
internal static class StepVector
{
    /// <exception cref="QueryException">Two series have the same labels, whenever.</exception>
    public static void RequireDistinct(IReadOnlyList<StepSeries> vector)
    {
        var seen = new HashSet<LabelSet>(vector.Count);
        foreach (var (labels, _) in vector)
        {
            if (!seen.Add(labels))
                throw SameLabels(labels);
        }
    }

    /// <summary>Makes one series of those that have the same labels at different steps.</summary>
    /// <exception cref="QueryException">Two have the same labels at one step.</exception>
    public static List<StepSeries> Merged(List<StepSeries> vector)
    {
        var merged = new List<StepSeries>(vector.Count);
        var byLabels = new Dictionary<LabelSet, double[]>(vector.Count);
        foreach (var series in vector)
        {
            if (byLabels.TryAdd(series.Labels, series.Values))
                merged.Add(series);
            else if (!TryFill(byLabels[series.Labels], series.Values))
                throw SameLabels(series.Labels);
        }
        return merged;
    }

    /// <summary>Puts values where there was none. False: at a step both have one.</summary>
    public static bool TryFill(double[] to, double[] from)
    {
        for (var step = 0; step < to.Length; step++)
        {
            if (Absent.Is(from[step]))
                continue;
            if (!Absent.Is(to[step]))
                return false;
            to[step] = from[step];
        }
        return true;
    }

    private static QueryException SameLabels(LabelSet labels) => QueryException.Failed(
        $"Two series would have the same labels, {labels}, once their names are dropped. Name one metric, or aggregate by __name__ first.");
}
