using Outrider.Protocol.Metrics;

namespace Outrider.Storage.Metrics.Chunks;

/// <summary>
/// Takes samples of many series in the order they came and gives them by series and time; of two at one time the one that came later
/// stays. Reusable; not for several threads.
/// </summary>
public sealed class SampleSorter
{
    private int[] _ordinals = [];
    private long[] _times = [];
    private double[] _values = [];
    private long[] _sortedTimes = [];
    private double[] _sortedValues = [];
    private int[] _ends = [];
    private int _series;
    private bool _inOrder = true;

    /// <summary>Samples added since the last <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    public void Clear() => (Count, _series, _inOrder) = (0, 0, true);

    /// <summary>Adds a batch; <paramref name="ordinals"/> gives each series of its table a number, or −1 to leave it out.</summary>
    public void Add(ReadOnlySpan<int> ordinals, SampleColumns samples)
    {
        Grow(samples.Count);
        for (var i = 0; i < samples.Count; i++)
        {
            var ordinal = ordinals[samples.Series[i]];
            if (ordinal < 0)
                continue;
            _inOrder = _inOrder && IsNext(ordinal, samples.Times[i]);
            _ordinals[Count] = ordinal;
            _times[Count] = samples.Times[i];
            _values[Count++] = samples.Values[i];
        }
        foreach (var ordinal in ordinals)
            _series = Math.Max(_series, ordinal + 1);
    }

    public void Add(int ordinal, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        Grow(times.Length);
        _inOrder = _inOrder && (times.IsEmpty || (IsNext(ordinal, times[0]) && Rises(times)));
        times.CopyTo(_times.AsSpan(Count));
        values.CopyTo(_values.AsSpan(Count));
        _ordinals.AsSpan(Count, times.Length).Fill(ordinal);
        Count += times.Length;
        _series = Math.Max(_series, ordinal + 1);
    }

    /// <summary>Sorts what was added; then <see cref="Times"/> and <see cref="Values"/> answer, for ordinals below the number returned.</summary>
    public int Sort()
    {
        if (_ends.Length < _series + 1)
            _ends = new int[2 * (_series + 1)];
        if (_inOrder)
        {
            FindEnds(_ends.AsSpan(0, _series));
            return _series;
        }
        if (_sortedTimes.Length < Count)
        {
            _sortedTimes = new long[_times.Length];
            _sortedValues = new double[_times.Length];
        }
        var ends = _ends.AsSpan(0, _series + 1);
        ends.Clear();
        foreach (var ordinal in _ordinals.AsSpan(0, Count))
            ends[ordinal + 1]++;
        for (var i = 1; i < ends.Length; i++)
            ends[i] += ends[i - 1];
        // Now the starts; each moves on to its end while the series fills.
        for (var i = 0; i < Count; i++)
        {
            var at = ends[_ordinals[i]]++;
            _sortedTimes[at] = _times[i];
            _sortedValues[at] = _values[i];
        }
        Tidy(ends[..^1]);
        return _series;
    }

    /// <summary>The times of a series, rising strictly; empty when it has none.</summary>
    public ReadOnlySpan<long> Times(int ordinal) => (_inOrder ? _times : _sortedTimes).AsSpan(Start(ordinal), Length(ordinal));

    public ReadOnlySpan<double> Values(int ordinal) => (_inOrder ? _values : _sortedValues).AsSpan(Start(ordinal), Length(ordinal));

    private int Start(int ordinal) => ordinal == 0 ? 0 : _ends[ordinal - 1];

    private int Length(int ordinal) => _ends[ordinal] - Start(ordinal);

    /// <summary>Whether a sample stands behind the last one in the order wanted, as those of one series from chunk after chunk mostly do.</summary>
    private bool IsNext(int ordinal, long time) =>
        Count == 0 || ordinal > _ordinals[Count - 1] || (ordinal == _ordinals[Count - 1] && time > _times[Count - 1]);

    /// <summary>Of samples that came in order.</summary>
    private void FindEnds(Span<int> ends)
    {
        var end = 0;
        for (var series = 0; series < ends.Length; series++)
        {
            var run = _ordinals.AsSpan(end, Count - end).IndexOfAnyExcept(series);
            ends[series] = end = run < 0 ? Count : end + run;
        }
    }

    /// <summary>Sorts those series that are not, and closes the gaps that samples of the same time leave.</summary>
    private void Tidy(Span<int> ends)
    {
        int start = 0, free = 0;
        foreach (ref var end in ends)
        {
            var length = end - start;
            var times = _sortedTimes.AsSpan(start, length);
            var values = _sortedValues.AsSpan(start, length);
            if (!Rises(times))
                length = SortByTime(times, values);
            if (free != start)
            {
                times[..length].CopyTo(_sortedTimes.AsSpan(free));
                values[..length].CopyTo(_sortedValues.AsSpan(free));
            }
            start = end;
            end = free += length;
        }
    }

    private static bool Rises(ReadOnlySpan<long> times)
    {
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] <= times[i - 1])
                return false;
        }
        return true;
    }

    private static int SortByTime(Span<long> times, Span<double> values)
    {
        var order = new (long Time, int At)[times.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = (times[i], i);
        Array.Sort(order);
        var old = values.ToArray();
        var count = 0;
        for (var i = 0; i < order.Length; i++)
        {
            if (i + 1 < order.Length && order[i + 1].Time == order[i].Time)
                continue;
            times[count] = order[i].Time;
            values[count++] = old[order[i].At];
        }
        return count;
    }

    private void Grow(int more)
    {
        var needed = Count + more;
        if (needed <= _times.Length)
            return;
        var size = Math.Max(Math.Max(1024, needed), 2 * _times.Length);
        Array.Resize(ref _ordinals, size);
        Array.Resize(ref _times, size);
        Array.Resize(ref _values, size);
    }
}
