namespace Outrider.Storage.Metrics.Chunks;

/// <summary>
/// One series in columns: times, and beside each one value (raw samples) or the five of a roll-up. Made once and filled many times. Not
/// for several threads.
/// </summary>
/// <param name="fields">Values per time.</param>
public sealed class Columns(int fields)
{
    private readonly double[][] _values = [.. Enumerable.Repeat<double[]>([], fields)];
    private long[] _times = [];

    public int Count { get; private set; }

    public int Fields => _values.Length;

    /// <summary>Milliseconds since 1970-01-01 UTC, rising strictly.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>The values of a field.</summary>
    public ReadOnlySpan<double> this[int field] => _values[field].AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(long time, params ReadOnlySpan<double> values)
    {
        Grow(Count + 1);
        _times[Count] = time;
        for (var i = 0; i < values.Length; i++)
            _values[i][Count] = values[i];
        Count++;
    }

    public void Add(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        Grow(Count + times.Length);
        times.CopyTo(_times.AsSpan(Count));
        values.CopyTo(_values[0].AsSpan(Count));
        Count += times.Length;
    }

    /// <summary>Makes room for <paramref name="count"/> in place of what was there, to be filled through the spans.</summary>
    internal Span<long> Reset(int count)
    {
        Count = 0;
        Grow(count);
        Count = count;
        return _times.AsSpan(0, count);
    }

    internal Span<double> Fill(int field) => _values[field].AsSpan(0, Count);

    private void Grow(int count)
    {
        if (count <= _times.Length)
            return;
        var size = Math.Max(Math.Max(16, count), 2 * _times.Length);
        Array.Resize(ref _times, size);
        foreach (ref var values in _values.AsSpan())
            Array.Resize(ref values, size);
    }
}
