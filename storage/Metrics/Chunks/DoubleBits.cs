using System.Runtime.InteropServices;

namespace Outrider.Storage.Metrics.Chunks;

/// <summary>Doubles compared by their bits: NaN is like itself, and −0 is not 0.</summary>
internal static class DoubleBits
{
    /// <summary>Where the first is that has other bits than <paramref name="value"/>; −1: nowhere.</summary>
    public static int IndexOfAnyExceptBits(this ReadOnlySpan<double> values, double value) =>
        MemoryMarshal.Cast<double, long>(values).IndexOfAnyExcept(BitConverter.DoubleToInt64Bits(value));

    public static bool AreSame(ReadOnlySpan<double> some, ReadOnlySpan<double> others) =>
        MemoryMarshal.Cast<double, long>(some).SequenceEqual(MemoryMarshal.Cast<double, long>(others));
}
