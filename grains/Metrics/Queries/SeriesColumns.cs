namespace Outrider.Grains.Metrics.Queries;

/// <summary>Several series over the same times.</summary>
/// <param name="Times">Milliseconds; the beginnings of all steps, or for raw samples all times at which one of the series has one.</param>
/// <param name="Values">One array per series, as long as the times; null where it has no value, or none that is a finite number.</param>
public sealed record SeriesColumns(IReadOnlyList<long> Times, IReadOnlyList<double?[]> Values)
{
    /// <summary>How many values the columns would have: series times times.</summary>
    public static long Size(IReadOnlyList<List<MetricStep>> series, QuerySpan span, long step) =>
        (long)series.Count * (step == QuerySteps.Raw ? Union(series).Length : StepsOf(span, step).Count);

    /// <param name="series">The steps of each series, in order of time.</param>
    /// <param name="span">The stretch of time.</param>
    /// <param name="step">Milliseconds, or raw.</param>
    /// <param name="aggregate">What the values are.</param>
    public static SeriesColumns Of(IReadOnlyList<List<MetricStep>> series, QuerySpan span, long step, MetricAggregate aggregate)
    {
        var times = step == QuerySteps.Raw ? Union(series) : [.. StepsOf(span, step)];
        return new SeriesColumns(times, [.. series.Select(steps => Column(steps, times, aggregate))]);
    }

    /// <summary>The beginning of the step that <paramref name="time"/> is in.</summary>
    public static long Align(long time, long step) => step == QuerySteps.Raw ? time : time / step * step;

    private static List<long> StepsOf(QuerySpan span, long step)
    {
        var times = new List<long>();
        for (var time = Align(span.From, step); time < span.To; time += step)
            times.Add(time);
        return times;
    }

    private static long[] Union(IReadOnlyList<List<MetricStep>> series) =>
        [.. series.SelectMany(steps => steps.Select(step => step.Time)).Distinct().Order()];

    private static double?[] Column(List<MetricStep> steps, long[] times, MetricAggregate aggregate)
    {
        var values = new double?[times.Length];
        foreach (var step in steps)
        {
            var at = Array.BinarySearch(times, step.Time);
            if (at >= 0 && Aggregates.Of(step, aggregate) is var value && double.IsFinite(value))
                values[at] = value;
        }
        return values;
    }
}
