using Outrider.Protocol.Metrics;

namespace Outrider.Storage.Metrics.Chunks;

/// <summary>
/// Samples of a series summed up by steps of time: the time is the start of the step, the fields are these. NaN counts as no sample, and
/// a step without samples isn't there. Steps are counted from 1970-01-01 UTC.
/// </summary>
public static class RollUp
{
    /// <summary>Their order lets a constant or a counter that rises share columns: last is then the same as min, or max as last.</summary>
    public const int Count = 0, Sum = 1, Min = 2, Last = 3, Max = 4;

    /// <summary>Values beside each time.</summary>
    public const int Fields = 5;

    /// <summary>A sum is rounded to the digits its values have, if what that changes is within the error of adding doubles.</summary>
    private const double Rounding = 1e-12;

    private const int FinestScale = 6;

    /// <summary>The step that a time belongs to.</summary>
    public static long StepOf(long time, long step) => time - (time % step + step) % step;

    /// <summary>Sums up raw samples in place of what <paramref name="to"/> held.</summary>
    public static void OfSamples(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long step, Columns to)
    {
        to.Clear();
        for (var i = 0; i < times.Length;)
        {
            var start = StepOf(times[i], step);
            double count = 0, sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity, last = 0;
            var scale = 0;
            for (; i < times.Length && times[i] < start + step; i++)
            {
                var value = values[i];
                if (double.IsNaN(value))
                    continue;
                count++;
                sum += value;
                min = Math.Min(min, value);
                max = Math.Max(max, value);
                last = value;
                Widen(ref scale, value);
            }
            if (count > 0)
                to.Add(start, count, Rounded(sum, scale, count, min, max), min, last, max);
        }
    }

    /// <summary>Sums up finer steps to coarser ones, in place of what <paramref name="to"/> held.</summary>
    public static void OfSteps(Columns finer, long step, Columns to)
    {
        to.Clear();
        var times = finer.Times;
        for (var i = 0; i < times.Length;)
        {
            var start = StepOf(times[i], step);
            double count = 0, sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity, last = 0;
            var scale = 0;
            for (; i < times.Length && times[i] < start + step; i++)
            {
                count += finer[Count][i];
                sum += finer[Sum][i];
                Widen(ref scale, finer[Sum][i]);
                min = Math.Min(min, finer[Min][i]);
                max = Math.Max(max, finer[Max][i]);
                last = finer[Last][i];
            }
            to.Add(start, count, Rounded(sum, scale, count, min, max), min, last, max);
        }
    }

    /// <summary>
    /// Joins two roll-ups of the same step whose samples are different ones, in place of what <paramref name="to"/> held. Where both have
    /// a step, the last value is <paramref name="some"/>'s: which one was later is not known.
    /// </summary>
    public static void Join(Columns some, Columns others, Columns to)
    {
        to.Clear();
        for (int i = 0, j = 0; i < some.Count || j < others.Count;)
        {
            var (left, right) = (i < some.Count ? some.Times[i] : long.MaxValue, j < others.Count ? others.Times[j] : long.MaxValue);
            if (left < right)
                Copy(some, i++, to);
            else if (right < left)
                Copy(others, j++, to);
            else
                AddJoined(some, i++, others, j++, to);
        }
    }

    private static void AddJoined(Columns some, int i, Columns others, int j, Columns to)
    {
        double min = Math.Min(some[Min][i], others[Min][j]), max = Math.Max(some[Max][i], others[Max][j]), last = some[Last][i];
        var count = some[Count][i] + others[Count][j];
        var scale = 0;
        Widen(ref scale, some[Sum][i]);
        Widen(ref scale, others[Sum][j]);
        var sum = Rounded(some[Sum][i] + others[Sum][j], scale, count, min, max);
        to.Add(some.Times[i], count, sum, min, last, max);
    }

    private static void Copy(Columns from, int i, Columns to) =>
        to.Add(from.Times[i], from[Count][i], from[Sum][i], from[Min][i], from[Last][i], from[Max][i]);

    /// <summary>Raises the scale until the value fits, or to above <see cref="FinestScale"/>.</summary>
    private static void Widen(ref int scale, double value)
    {
        while (scale <= FinestScale && !DecimalScale.TryScale(value, scale, out _))
            scale++;
    }

    private static double Rounded(double sum, int scale, double count, double min, double max)
    {
        if (scale > FinestScale)
            return sum;
        var power = DecimalScale.Power(scale);
        var rounded = Math.Round(sum * power) / power;
        return Math.Abs(rounded - sum) <= Rounding * count * Math.Max(Math.Abs(min), Math.Abs(max)) ? rounded : sum;
    }
}
