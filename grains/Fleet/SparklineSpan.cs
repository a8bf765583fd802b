using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;

namespace Outrider.Grains.Fleet;

/// <summary>The stretch of time that sparklines show, and their step, in milliseconds.</summary>
/// <param name="Span">Begins with a step and ends now.</param>
/// <param name="Step">The length of a step; one that roll-ups have, once it is long enough for them to be worth it.</param>
public readonly record struct SparklineSpan(QuerySpan Span, long Step)
{
    /// <summary>Steps at most.</summary>
    public const int MaxPoints = 200;

    /// <summary>How far back they go at most.</summary>
    public const long MaxLength = 30 * Periods.Day;

    private static readonly long[] s_units = [2 * Periods.Hour, 5 * Periods.Minute, Periods.Minute];

    /// <summary>As many steps as <paramref name="points"/>, or somewhat fewer, that together are about <paramref name="length"/> long.</summary>
    public static SparklineSpan Of(long now, long length, int points, MetricPolicy policy)
    {
        var exact = (length + points - 1) / points;
        var unit = Array.Find(s_units, unit => exact > unit) is > 0 and var coarse ? coarse : 10 * Periods.Second;
        var step = QuerySteps.AtLeastKept((exact + unit - 1) / unit * unit, policy, now - length, now);
        var count = (length + step - 1) / step;
        return new SparklineSpan(new QuerySpan(SeriesColumns.Align(now, step) - (count - 1) * step, now + 1), step);
    }
}
