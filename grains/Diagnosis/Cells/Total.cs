namespace Outrider.Grains.Diagnosis.Cells;

/// <summary>Sums of cells, which may be anything: they stop at the largest number instead of overflowing.</summary>
public static class Total
{
    public static long Of(IEnumerable<long> values)
    {
        var sum = Int128.Zero;
        foreach (var value in values)
            sum += value;
        return (long)Int128.Clamp(sum, long.MinValue, long.MaxValue);
    }

    /// <summary>The sum of the values that are known; null when none is.</summary>
    public static long? OfKnown(IEnumerable<long?> values)
    {
        var known = values.OfType<long>().ToList();
        return known.Count == 0 ? null : Of(known);
    }
}
