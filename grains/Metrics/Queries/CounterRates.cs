namespace Outrider.Grains.Metrics.Queries;

/// <summary>How a counter rises, from steps of its values.</summary>
public static class CounterRates
{
    /// <summary>
    /// Further apart than this, or than a step where that is longer, two steps have a gap between them, and nobody knows what the counter
    /// did in it.
    /// </summary>
    public const long MaxGap = 5 * Periods.Minute;

    /// <summary>How far before a stretch one must read for the rate of its first step.</summary>
    public static long Lookback(long step) => Math.Max(step, MaxGap);

    /// <summary>
    /// The rates as steps: their <see cref="MetricStep.Sum"/> is by how much the counter rose, their <see cref="MetricStep.Count"/> the
    /// seconds in which it did, so that the average is the rate, also that of several steps added up. The first step, the first one after a
    /// gap and one that isn't over yet have none.
    /// </summary>
    /// <param name="steps">In order of time.</param>
    /// <param name="step">Milliseconds; <see cref="QuerySteps.Raw"/> where each step is one sample.</param>
    /// <param name="now">The centre's clock.</param>
    public static List<MetricStep> Of(IReadOnlyList<MetricStep> steps, long step, long now)
    {
        var rates = new List<MetricStep>(steps.Count);
        for (var i = 1; i < steps.Count; i++)
        {
            var (before, after) = (steps[i - 1], steps[i]);
            var apart = after.Time - before.Time;
            if (apart > Lookback(step) || after.Time + step > now)
                continue;
            var (seconds, increase) = (apart / (double)Periods.Second, Increase(before.Last, after));
            var rate = increase / seconds;
            rates.Add(new MetricStep(after.Time, seconds, increase, rate, rate, rate));
        }
        return rates;
    }

    /// <summary>
    /// By how much a counter rose in a step. Where it began again at 0, exactly as much as its samples show if that happened once and what
    /// it was before stands out; else at least that much.
    /// </summary>
    private static double Increase(double before, MetricStep step)
    {
        // Within a step it fell when its last value isn't its largest, and at a step's beginning when its smallest is below the one before.
        if (step.Max <= step.Last && step.Min >= before)
            return step.Last - before;
        var highest = step.Max > step.Last ? Math.Max(step.Max, before) : before;
        return highest - before + step.Last;
    }
}
