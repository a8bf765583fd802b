namespace Outrider.Protocol.Metrics;

/// <summary>
/// Samples in columns: one entry of each is a sample. Made once and filled many times; grows to the largest batch it has seen. Not for
/// several threads.
/// </summary>
public sealed class SampleColumns
{
    private int[] _series = [];
    private long[] _times = [];
    private double[] _values = [];

    public int Count { get; private set; }

    /// <summary>Positions in the batch's series table, rising.</summary>
    public ReadOnlySpan<int> Series => _series.AsSpan(0, Count);

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>Makes room for <paramref name="count"/> samples in place of those before, and hands it out to be filled.</summary>
    internal void Reset(int count, out Span<int> series, out Span<long> times, out Span<double> values)
    {
        if (count > _series.Length)
        {
            var size = Math.Max(count, 2 * _series.Length);
            _series = new int[size];
            _times = new long[size];
            _values = new double[size];
        }
        Count = count;
        series = _series.AsSpan(0, count);
        times = _times.AsSpan(0, count);
        values = _values.AsSpan(0, count);
    }
}
