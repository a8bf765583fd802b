using System.Buffers.Binary;
using Outrider.Protocol.Binary;

namespace Outrider.Storage.Metrics.Chunks;

/// <summary>Reads what <see cref="ChunkWriter"/> made, series by series. Reusable; not for several threads.</summary>
public sealed class ChunkReader
{
    private readonly List<(int Count, int Start, int Length)> _timelines = [];
    private readonly List<(int Ordinal, int Timeline)> _series = [];
    private readonly List<(int Start, int Length)> _columns = [];
    private byte[] _bytes = [];
    private int _fields;
    private long[] _scratch = [];
    private long[] _times = [];
    private int _timesOf = -1;

    /// <summary>Series in the chunk.</summary>
    public int Count => _series.Count;

    /// <summary>Values beside each time.</summary>
    public int Fields => _fields;

    /// <summary>The number of a series; they rise with the position.</summary>
    public int Ordinal(int position) => _series[position].Ordinal;

    /// <summary>Takes a chunk; keeps the array.</summary>
    /// <exception cref="FormatException">It is no chunk, or was changed since it was written.</exception>
    public void Open(byte[] chunk)
    {
        (_bytes, _timesOf) = (chunk, -1);
        _timelines.Clear();
        _series.Clear();
        _columns.Clear();
        var end = chunk.Length - ChunkFormat.ChecksumBytes;
        if (end < 2 || chunk[0] != ChunkFormat.Version)
            throw new FormatException("It is no chunk of a known version.");
        if (ChunkFormat.Checksum(chunk.AsSpan(0, end)) != BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(end)))
            throw new FormatException("The chunk's checksum is wrong.");
        _fields = chunk[1];
        if (_fields is 0 or > ChunkFormat.MaxFields)
            throw Damaged();
        ReadOnlySpan<byte> rest = chunk.AsSpan(2, end - 2);
        ReadTimelines(ref rest, end);
        ReadDirectory(ref rest, end);
    }

    /// <summary>The position of a series; −1 when the chunk has none of this number.</summary>
    public int Find(int ordinal)
    {
        int low = 0, high = _series.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = _series[middle].Ordinal;
            if (found == ordinal)
                return middle;
            (low, high) = found < ordinal ? (middle + 1, high) : (low, middle - 1);
        }
        return -1;
    }

    /// <summary>Reads the series at a position in place of what <paramref name="to"/> held, which has as many fields as the chunk.</summary>
    /// <exception cref="FormatException">The chunk is damaged.</exception>
    public void Read(int position, Columns to)
    {
        var timeline = _series[position].Timeline;
        var count = _timelines[timeline].Count;
        if (_timesOf != timeline)
            ReadTimes(timeline);
        _times.AsSpan(0, count).CopyTo(to.Reset(count));
        for (var field = 0; field < _fields; field++)
        {
            var (start, length) = _columns[position * _fields + field];
            if (length > 0)
                ValueColumn.Read(_bytes.AsSpan(start, length), to.Fill(field), _scratch.AsSpan(0, count));
            else if (field > 0)
                to[field - 1].CopyTo(to.Fill(field));
            else
                throw Damaged();
        }
    }

    private void ReadTimes(int timeline)
    {
        var (count, start, length) = _timelines[timeline];
        if (_times.Length < count)
        {
            _times = new long[count];
            _scratch = new long[count];
        }
        _timesOf = -1;
        IntegerColumn.Read(_bytes.AsSpan(start, length), _times.AsSpan(0, count));
        for (var i = 1; i < count; i++)
        {
            if (_times[i] <= _times[i - 1])
                throw Damaged();
        }
        _timesOf = timeline;
    }

    private void ReadTimelines(ref ReadOnlySpan<byte> rest, int end)
    {
        var count = Number(ref rest, ChunkFormat.MaxSeries);
        for (var i = 0; i < count; i++)
        {
            var times = Number(ref rest, ChunkFormat.MaxTimes);
            var length = Number(ref rest, int.MaxValue);
            if (times == 0 || length > rest.Length)
                throw Damaged();
            _timelines.Add((times, end - rest.Length, length));
            rest = rest[length..];
        }
    }

    private void ReadDirectory(ref ReadOnlySpan<byte> rest, int end)
    {
        var count = Number(ref rest, ChunkFormat.MaxSeries);
        var ordinal = -1;
        for (var i = 0; i < count; i++)
        {
            ordinal = checked(ordinal + 1 + Number(ref rest, int.MaxValue - 1 - ordinal - 1));
            var timeline = Number(ref rest, _timelines.Count - 1);
            _series.Add((ordinal, timeline));
            for (var field = 0; field < _fields; field++)
                _columns.Add((0, Number(ref rest, int.MaxValue)));
        }
        long start = end - rest.Length;
        for (var i = 0; i < _columns.Count; i++)
        {
            var length = _columns[i].Length;
            if (start + length > end)
                throw Damaged();
            _columns[i] = ((int)start, length);
            start += length;
        }
        if (start != end)
            throw Damaged();
    }

    private static int Number(ref ReadOnlySpan<byte> rest, int limit) =>
        Leb128.TryRead(ref rest, out var value) && limit >= 0 && value <= (ulong)limit ? (int)value : throw Damaged();

    private static FormatException Damaged() => new("The chunk is damaged.");
}
