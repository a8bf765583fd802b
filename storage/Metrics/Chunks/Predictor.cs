using System.Numerics;
using Outrider.Protocol.Binary;

namespace Outrider.Storage.Metrics.Chunks;

/// <summary>
/// Foretells each integer of a column from those before, so that only what it got wrong is written. With y the numbers themselves
/// (<paramref name="Order"/> 0) or their differences (1), the next y is <c>mean + weight/8 · (y − mean)</c>: weight 8 is "as before", 0 is
/// "the mean", what lies between fits noise that falls back (an autoregressive process), and a negative one fits times that jitter
/// around a beat. All in wrapping 64-bit integers, the same on every machine.
/// </summary>
internal readonly record struct Predictor(int Order, int Weight, long Mean)
{
    public const int Unit = 8;

    /// <summary>The one that does best on these numbers (at least 2), and what it gets wrong, folded, into <paramref name="wrong"/>.</summary>
    /// <param name="numbers">The column.</param>
    /// <param name="wrong">As long as the column; the first is unused.</param>
    /// <param name="scratch">As long as the column.</param>
    public static Predictor Fit(ReadOnlySpan<long> numbers, Span<ulong> wrong, Span<ulong> scratch)
    {
        var best = new Predictor(0, Unit, 0);
        var cost = best.Run(numbers, wrong);
        if (cost == 0)
            return best;
        foreach (var candidate in (ReadOnlySpan<Predictor>)[Estimate(numbers, 0), Estimate(numbers, 1)])
        {
            if (candidate == best)
                continue;
            var its = candidate.Run(numbers, scratch);
            if (its >= cost)
                continue;
            (best, cost) = (candidate, its);
            scratch.CopyTo(wrong);
        }
        return best;
    }

    /// <summary>Puts the numbers back in place of the folded errors; <paramref name="numbers"/> begins with the first number.</summary>
    public void Restore(Span<long> numbers)
    {
        // In deviations from the mean, which keeps what the next number waits for short.
        long x = numbers[0], mean = Mean, weight = Weight;
        if (Order == 0)
        {
            var off = x - mean;
            for (var i = 1; i < numbers.Length; i++)
            {
                off = (weight * off >> 3) + Leb128.Unfold((ulong)numbers[i]);
                numbers[i] = mean + off;
            }
            return;
        }
        long y = 0;
        for (var i = 1; i < numbers.Length; i++)
        {
            y = (weight * y >> 3) + Leb128.Unfold((ulong)numbers[i]);
            numbers[i] = x += mean + y;
        }
    }

    /// <summary>Writes the folded errors and returns how many bits they have together.</summary>
    private long Run(ReadOnlySpan<long> numbers, Span<ulong> wrong)
    {
        long bits = 0, mean = Mean, weight = Weight, x = numbers[0];
        var y = Order == 0 ? x : mean;
        for (var i = 1; i < numbers.Length; i++)
        {
            var next = Order == 0 ? numbers[i] : numbers[i] - x;
            var folded = Leb128.Fold(next - mean - (weight * (y - mean) >> 3));
            wrong[i] = folded;
            bits += 64 - BitOperations.LeadingZeroCount(folded);
            x = numbers[i];
            y = next;
        }
        return bits;
    }

    /// <summary>Mean and lag-1 autocorrelation. A rough sum does: the result is written down, not computed again.</summary>
    private static Predictor Estimate(ReadOnlySpan<long> numbers, int order)
    {
        double first = numbers[0];
        var mean = order == 0 ? 0.0 : ((double)numbers[^1] - first) / (numbers.Length - 1);
        if (order == 0)
        {
            foreach (var x in numbers)
                mean += x - first;
            mean /= numbers.Length;
        }
        double variance = 0, covariance = 0, before = 0;
        for (var i = order; i < numbers.Length; i++)
        {
            var off = (order == 0 ? numbers[i] - first : (double)(numbers[i] - numbers[i - 1])) - mean;
            variance += off * off;
            covariance += off * before;
            before = off;
        }
        var weight = variance > 0 ? (int)Math.Clamp(Math.Round(Unit * covariance / variance), -Unit, Unit) : 0;
        var center = Math.Round(order == 0 ? first + mean : mean);
        return Math.Abs(center) < 1L << 62 ? new Predictor(order, weight, weight == Unit ? 0 : (long)center) : new Predictor(0, Unit, 0);
    }
}
