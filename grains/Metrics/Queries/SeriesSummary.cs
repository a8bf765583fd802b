namespace Outrider.Grains.Metrics.Queries;

/// <summary>
/// What a stretch of a series comes to: of its samples, or for a counter's rate of the rates. A value that is no finite number is null.
/// </summary>
/// <param name="Average">Of all samples, however long the steps are; of rates that of the whole time that is known.</param>
/// <param name="Peak">The largest; of rates that of the steps.</param>
/// <param name="PeakAt">When the step with the largest began.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Last">The last one.</param>
/// <param name="LastAt">When its step began.</param>
/// <param name="Trend">The second half of the stretch against the first; null when one of them has no samples.</param>
public sealed record SeriesSummary(
    double? Average, double? Peak, DateTimeOffset PeakAt, double? Min, double? Last, DateTimeOffset LastAt, MetricChange? Trend)
{
    /// <summary>Null when there are no steps.</summary>
    public static SeriesSummary? Of(IReadOnlyList<MetricStep> steps, QuerySpan span)
    {
        if (steps.Count == 0)
            return null;
        var peak = steps.MaxBy(step => step.Max);
        var middle = span.From + span.Length / 2;
        return new SeriesSummary(
            Mean(steps),
            Finite(peak.Max), Times.At(peak.Time),
            Finite(steps.Min(step => step.Min)),
            Finite(steps[^1].Last), Times.At(steps[^1].Time),
            MetricChange.Between(Mean(steps.Where(step => step.Time < middle)), Mean(steps.Where(step => step.Time >= middle))));
    }

    private static double? Mean(IEnumerable<MetricStep> steps)
    {
        double sum = 0, count = 0;
        foreach (var step in steps)
        {
            sum += step.Sum;
            count += step.Count;
        }
        return count > 0 ? Finite(sum / count) : null;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
