namespace Outrider.Grains.Metrics.Queries;

/// <summary>How an average differs from an earlier one.</summary>
/// <param name="Trend">Beyond ±10 % it rises or falls.</param>
/// <param name="Percent">The difference in percent of the earlier one; null when that is 0 and the later isn't.</param>
public sealed record MetricChange(Trend Trend, double? Percent)
{
    private const double Threshold = 10;

    /// <summary>Null when one of them isn't known.</summary>
    public static MetricChange? Between(double? before, double? after)
    {
        if (before is not { } from || after is not { } to || !double.IsFinite(from) || !double.IsFinite(to))
            return null;
        if (from == 0)
            return to == 0 ? new MetricChange(Trend.Steady, 0) : new MetricChange(to > 0 ? Trend.Rising : Trend.Falling, null);
        var percent = (to - from) / Math.Abs(from) * 100;
        return new MetricChange(percent > Threshold ? Trend.Rising : percent < -Threshold ? Trend.Falling : Trend.Steady, percent);
    }
}
