namespace Outrider.Grains.Metrics;

/// <summary>The samples of a series in one step of time. NaN samples don't count.</summary>
/// <param name="Time">Start of the step.</param>
/// <param name="Count">How many samples; at least 1.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Last">The last one.</param>
/// <param name="Max">The largest.</param>
public readonly record struct MetricStep(long Time, double Count, double Sum, double Min, double Last, double Max)
{
    public double Average => Sum / Count;
}
