using System.Buffers;
using System.Buffers.Binary;
using Outrider.Protocol.Binary;

namespace Outrider.Storage.Metrics.Chunks;

/// <summary>
/// Makes chunks (docs/formats/metric-chunk.md): some series over some time, compressed. Series with the same times, as those of one
/// agent mostly are, share them. Reusable; not for several threads.
/// </summary>
public sealed class ChunkWriter
{
    private readonly IntegerColumn _integers = new();
    private readonly ValueColumn _values = new();
    private readonly ArrayBufferWriter<byte> _directory = new(1024);
    private readonly ArrayBufferWriter<byte> _data = new(16 * 1024);
    private readonly ArrayBufferWriter<byte> _column = new(4096);
    private readonly ArrayBufferWriter<byte> _chunk = new(16 * 1024);
    private readonly List<long[]> _timelines = [];
    private int _fields;
    private int _before;

    /// <summary>Series added since the last <see cref="Finish"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a series that has at least one time.</summary>
    /// <param name="ordinal">Its number; higher than that of the one added before.</param>
    /// <param name="columns">At most <see cref="ChunkFormat.MaxTimes"/>; all series of a chunk have equally many fields.</param>
    public void Add(int ordinal, Columns columns)
    {
        ArgumentOutOfRangeException.ThrowIfZero(columns.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns.Count, ChunkFormat.MaxTimes);
        if (Count == 0)
            (_fields, _before) = (columns.Fields, -1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(columns.Fields, _fields);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ordinal, _before);
        Leb128.Write(_directory, (ulong)(ordinal - _before - 1));
        Leb128.Write(_directory, (ulong)Timeline(columns.Times));
        for (var field = 0; field < _fields; field++)
        {
            // As long as nothing: the same as the field before.
            if (field > 0 && DoubleBits.AreSame(columns[field], columns[field - 1]))
            {
                Leb128.Write(_directory, 0);
                continue;
            }
            _column.ResetWrittenCount();
            _values.Write(_column, columns[field]);
            Leb128.Write(_directory, (ulong)_column.WrittenCount);
            _data.Write(_column.WrittenSpan);
        }
        _before = ordinal;
        Count++;
    }

    /// <summary>The chunk, and the writer is empty again.</summary>
    public byte[] Finish()
    {
        _chunk.ResetWrittenCount();
        _chunk.GetSpan(2)[0] = ChunkFormat.Version;
        _chunk.GetSpan(2)[1] = (byte)_fields;
        _chunk.Advance(2);
        Leb128.Write(_chunk, (ulong)_timelines.Count);
        foreach (var times in _timelines)
        {
            _column.ResetWrittenCount();
            _integers.Write(_column, times);
            Leb128.Write(_chunk, (ulong)times.Length);
            Leb128.Write(_chunk, (ulong)_column.WrittenCount);
            _chunk.Write(_column.WrittenSpan);
        }
        Leb128.Write(_chunk, (ulong)Count);
        _chunk.Write(_directory.WrittenSpan);
        _chunk.Write(_data.WrittenSpan);
        BinaryPrimitives.WriteUInt32LittleEndian(_chunk.GetSpan(ChunkFormat.ChecksumBytes), ChunkFormat.Checksum(_chunk.WrittenSpan));
        _chunk.Advance(ChunkFormat.ChecksumBytes);
        Clear();
        return _chunk.WrittenSpan.ToArray();
    }

    private int Timeline(ReadOnlySpan<long> times)
    {
        for (var i = _timelines.Count - 1; i >= 0; i--)
        {
            if (times.SequenceEqual(_timelines[i]))
                return i;
        }
        _timelines.Add(times.ToArray());
        return _timelines.Count - 1;
    }

    private void Clear()
    {
        _timelines.Clear();
        _directory.ResetWrittenCount();
        _data.ResetWrittenCount();
        Count = 0;
    }
}
