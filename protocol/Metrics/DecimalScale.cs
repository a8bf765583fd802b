namespace Outrider.Protocol.Metrics;

/// <summary>
/// Doubles as scaled integers: <c>value = mantissa / 10^scale</c>. What people and kernels count is nearly always short in decimal
/// (12.34 is 1234 at scale 2) but fills all 52 bits of a double. Exact by construction: one is used only if it gives back every bit,
/// and a correctly rounded quotient of two exact doubles is the same on every machine (IEEE 754).
/// </summary>
public static class DecimalScale
{
    /// <summary>Largest scale.</summary>
    public const int Max = 14;

    /// <summary>Largest mantissa either way: up to here every integer is a double.</summary>
    public const long MaxMantissa = 1L << 53;

    private static readonly double[] s_powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14];

    /// <summary>10 to the power of <paramref name="scale"/>, 0 to <see cref="Max"/>.</summary>
    public static double Power(int scale) => s_powers[scale];

    public static double ToDouble(long mantissa, int scale) => mantissa / s_powers[scale];

    /// <summary>The integer that stands for <paramref name="value"/> at this scale. False: none does, bit for bit.</summary>
    public static bool TryScale(double value, int scale, out long mantissa)
    {
        var power = s_powers[scale];
        var scaled = Math.Round(value * power);
        // Also false for NaN. −0 would come back as 0.
        if (!(Math.Abs(scaled) <= MaxMantissa))
        {
            mantissa = 0;
            return false;
        }
        mantissa = (long)scaled;
        return BitConverter.DoubleToInt64Bits(mantissa / power) == BitConverter.DoubleToInt64Bits(value);
    }

    /// <summary>The smallest scale up to <paramref name="max"/> at which an integer stands for the value. False: there is none.</summary>
    public static bool TryFind(double value, int max, out long mantissa, out int scale)
    {
        for (scale = 0; scale <= max; scale++)
        {
            if (TryScale(value, scale, out mantissa))
                return true;
        }
        mantissa = 0;
        return false;
    }
}
