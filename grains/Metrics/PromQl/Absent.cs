namespace Outrider.Grains.Metrics.PromQl;

/// <summary>
/// Stands in an array of values where there is none: Prometheus' own mark of the end of a series, a NaN that no arithmetic makes.
/// </summary>
public static class Absent
{
    private const long Bits = 0x7FF0_0000_0000_0002;

    public static double Value { get; } = BitConverter.Int64BitsToDouble(Bits);

    public static bool Is(double value) => BitConverter.DoubleToInt64Bits(value) == Bits;

    /// <summary>Values of which there is none yet.</summary>
    public static double[] Array(int length)
    {
        var values = new double[length];
        values.AsSpan().Fill(Value);
        return values;
    }
}
