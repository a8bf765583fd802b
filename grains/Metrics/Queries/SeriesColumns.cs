namespace Outrider.Grains.Metrics.Queries;

/// <summary>Several series over the same times.</summary>
/// <param name="Times">Milliseconds, as <see cref="TimesOf"/>.</param>
/// <param name="Values">One array per series, as long as the times; null where it has no value, or none that is a finite number.</param>
public sealed record SeriesColumns(IReadOnlyList<long> Times, IReadOnlyList<double?[]> Values)
{
    /// <summary>The times of the columns: each step's beginning, or for raw samples all times at which one of the series has one.</summary>
    public static long[] TimesOf(IReadOnlyList<List<MetricStep>> series, QuerySpan span, long step)
    {
        if (step == QuerySteps.Raw)
            return [.. series.SelectMany(samples => samples.Select(sample => sample.Time)).Distinct().Order()];
        var times = new List<long>();
        for (var time = Align(span.From, step); time < span.To; time += step)
            times.Add(time);
        return [.. times];
    }

    /// <param name="times">As <see cref="TimesOf"/>.</param>
    /// <param name="series">The steps of each series, in order of time.</param>
    /// <param name="aggregate">What the values are.</param>
    public static SeriesColumns Of(long[] times, IReadOnlyList<List<MetricStep>> series, MetricAggregate aggregate) =>
        new(times, [.. series.Select(steps => Column(steps, times, aggregate))]);

    /// <summary>The beginning of the step that <paramref name="time"/> is in.</summary>
    public static long Align(long time, long step) => step == QuerySteps.Raw ? time : time / step * step;

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
