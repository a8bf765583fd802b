using System.Buffers;
using Outrider.Agent.Collectors;

namespace Outrider.Agent.Spool;

/// <summary>Appends records to the newest segment. One that can't be written whole is cut off again, so that a full disk tears nothing.</summary>
internal sealed class SpoolWriter(SpoolFolder folder, SpoolLimits limits, Func<string, ISegmentFile> create) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _record = new(4096);
    private ISegmentFile? _file;

    /// <summary>The segment being written; null: none is.</summary>
    public SpoolSegment? Segment { get; private set; }

    /// <summary>Appends a batch. Throws <see cref="IOException"/> when it can't.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="time">Now, milliseconds since 1970-01-01 UTC.</param>
    /// <param name="begun">Takes a segment that had to be begun for it.</param>
    public SpoolEntry Append(EncodedBatch batch, long time, Action<SpoolSegment> begun)
    {
        if (Segment is { } full && (full.Bytes >= limits.SegmentBytes || time - full.CreatedAt >= SpoolLimits.SegmentAge.TotalMilliseconds))
        {
            Sync();
            Close();
        }
        if (Segment is null)
            begun(Begin(time));
        var offset = (int)Segment!.Bytes;
        Write(SegmentRecordKind.Batch, time, batch.Boot, batch.Seq, batch.Bytes.Span);
        var entry = new SpoolEntry(batch.Boot, batch.Seq, time, Segment, offset, (int)Segment.Bytes - offset);
        Segment.Entries.Add(entry);
        Segment.Waiting++;
        return entry;
    }

    /// <summary>Notes that the centre has a batch. It may fail: then the batch is sent once more after a restart, and the centre drops it.</summary>
    public void Acknowledge(SpoolEntry entry, long time)
    {
        if (Segment is null)
            return;
        try
        {
            Write(SegmentRecordKind.Ack, time, entry.Boot, entry.Seq, default);
        }
        catch (IOException)
        {
            // As said.
        }
    }

    public void Sync() => _file?.Sync();

    /// <summary>Ends the segment; the next batch begins another.</summary>
    public void Close()
    {
        _file?.Dispose();
        (_file, Segment) = (null, null);
    }

    public void Dispose() => Close();

    private SpoolSegment Begin(long time)
    {
        var path = folder.NextPath();
        _file = create(path);
        Segment = new SpoolSegment(path, time);
        try
        {
            _file.Write(SegmentCodec.Header, 0);
        }
        catch (IOException)
        {
            folder.Delete(Segment);
            Close();
            throw;
        }
        Segment.Bytes = SegmentCodec.Header.Length;
        return Segment;
    }

    private void Write(SegmentRecordKind kind, long time, string boot, ulong seq, ReadOnlySpan<byte> content)
    {
        _record.ResetWrittenCount();
        SegmentCodec.Write(_record, kind, time, boot, seq, content);
        try
        {
            _file!.Write(_record.WrittenSpan, Segment!.Bytes);
            Segment.Bytes += _record.WrittenCount;
        }
        catch (IOException)
        {
            CutOff();
            throw;
        }
    }

    /// <summary>Where even that fails, nothing more is written behind it.</summary>
    private void CutOff()
    {
        try
        {
            _file!.Truncate(Segment!.Bytes);
        }
        catch (IOException)
        {
            Close();
        }
    }
}
