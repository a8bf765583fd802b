namespace Outrider.Grains.Metrics.PromQl;

/// <summary>The functions of range vectors. Each computes as Prometheus 2.42 does, sums with its compensation of rounding.</summary>
public static class RangeFunctions
{
    private static readonly RangeFunction[] s_all =
    [
        new("rate", static (window, _) => Extrapolated(window, isCounter: true, isRate: true)),
        new("increase", static (window, _) => Extrapolated(window, isCounter: true, isRate: false)),
        new("delta", static (window, _) => Extrapolated(window, isCounter: false, isRate: false)),
        new("irate", static (window, _) => InstantRate(window)),
        new("avg_over_time", static (window, _) => Average(window.Values)),
        new("sum_over_time", static (window, _) => Sum(window.Values)),
        new("min_over_time", static (window, _) => Best(window.Values, static (value, best) => value < best)),
        new("max_over_time", static (window, _) => Best(window.Values, static (value, best) => value > best)),
        new("count_over_time", static (window, _) => window.Values.Length),
        new("quantile_over_time", static (window, share) => Quantile(share, window.Values.ToArray()), TakesArgument: true),
        new("last_over_time", static (window, _) => window.Values[^1], KeepsName: true),
    ];

    private static readonly Dictionary<string, RangeFunction> s_byName = s_all.ToDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>What an instant vector is, over the time that Prometheus looks back.</summary>
    internal static RangeFunction Last { get; } = s_byName["last_over_time"];

    public static RangeFunction? Find(string name) => s_byName.GetValueOrDefault(name);

    /// <summary>The value below which a share of others lies, between two of them in proportion. Sorts them.</summary>
    internal static double Quantile(double share, Span<double> values)
    {
        if (double.IsNaN(share))
            return double.NaN;
        if (share is < 0 or > 1)
            return share < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        values.Sort();
        var rank = share * (values.Length - 1);
        var lower = (int)Math.Floor(rank);
        var weight = rank - lower;
        return values[lower] * (1 - weight) + values[Math.Min(values.Length - 1, lower + 1)] * weight;
    }

    /// <summary>
    /// By how much the values rose. The samples seldom lie at the ends of the range, so the rise is drawn on to these, or half an interval
    /// where they are further away; a counter isn't drawn on below 0.
    /// </summary>
    private static double Extrapolated(Window window, bool isCounter, bool isRate)
    {
        var times = window.Times;
        var values = window.Values;
        if (times.Length < 2)
            return Absent.Value;
        var rise = values[^1] - values[0];
        for (var i = 1; isCounter && i < values.Length; i++)
        {
            if (values[i] < values[i - 1])
                rise += values[i - 1];
        }
        var toStart = (times[0] - window.From) / 1000.0;
        var toEnd = (window.To - times[^1]) / 1000.0;
        var sampled = (times[^1] - times[0]) / 1000.0;
        var interval = sampled / (times.Length - 1);
        if (isCounter && rise > 0 && values[0] >= 0)
            toStart = Math.Min(toStart, sampled * (values[0] / rise));
        var near = interval * 1.1;
        var covered = sampled + (toStart < near ? toStart : interval / 2) + (toEnd < near ? toEnd : interval / 2);
        var factor = covered / sampled;
        return rise * (isRate ? factor / ((window.To - window.From) / 1000.0) : factor);
    }

    private static double InstantRate(Window window)
    {
        var times = window.Times;
        var values = window.Values;
        if (times.Length < 2)
            return Absent.Value;
        var rise = values[^1] < values[^2] ? values[^1] : values[^1] - values[^2];
        return rise / ((times[^1] - times[^2]) / 1000.0);
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0, lost = 0;
        foreach (var value in values)
            Add(value, ref sum, ref lost);
        return double.IsInfinity(sum) ? sum : sum + lost;
    }

    private static double Average(ReadOnlySpan<double> values)
    {
        double mean = 0, lost = 0, count = 0;
        foreach (var value in values)
        {
            count++;
            if (!StaysInfinite(mean, value))
                Add(value / count - mean / count, ref mean, ref lost);
        }
        return double.IsInfinity(mean) ? mean : mean + lost;
    }

    /// <summary>Whether an infinite mean is what it is whatever comes; else an infinity less itself would make it NaN.</summary>
    internal static bool StaysInfinite(double mean, double value) =>
        double.IsInfinity(mean) && (double.IsInfinity(value) ? mean > 0 == value > 0 : !double.IsNaN(value));

    private static void Add(double value, ref double sum, ref double lost)
    {
        var next = sum + value;
        lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
        sum = next;
    }

    private static double Best(ReadOnlySpan<double> values, Func<double, double, bool> isBetter)
    {
        var best = values[0];
        foreach (var value in values)
        {
            if (isBetter(value, best) || double.IsNaN(best))
                best = value;
        }
        return best;
    }
}
