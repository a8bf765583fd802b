using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Outrider.Protocol.Binary;
using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;

namespace Outrider.Agent.Spool;

/// <summary>
/// Spool segments to and from bytes (docs/formats/agent-spool.md). Reading stops at the first record that isn't whole: behind it, after a
/// crash in the middle of a write, there is nothing.
/// </summary>
internal static class SegmentCodec
{
    /// <summary>Length and checksum before each record's body.</summary>
    public const int FrameBytes = 8;

    /// <summary>Kind, time, length of the boot, seq.</summary>
    private const int FixedBytes = 1 + 8 + 1 + 8;

    /// <summary>Longest body.</summary>
    private const int MaxBodyBytes = FixedBytes + LinkProtocol.MaxIdLength + MetricLimits.BatchBytes;

    /// <summary>How every segment begins: four letters and the version.</summary>
    public static ReadOnlySpan<byte> Header => "ORSP\x01\0\0\0"u8;

    /// <summary>Appends a record.</summary>
    /// <param name="to">Takes its bytes.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="time">Milliseconds since 1970-01-01 UTC.</param>
    /// <param name="boot">An id.</param>
    /// <param name="seq">The batch's number.</param>
    /// <param name="content">The batch; empty for an ack.</param>
    public static void Write(IBufferWriter<byte> to, SegmentRecordKind kind, long time, string boot, ulong seq, ReadOnlySpan<byte> content = default)
    {
        var length = FixedBytes + boot.Length + content.Length;
        var record = to.GetSpan(FrameBytes + length)[..(FrameBytes + length)];
        var body = record[FrameBytes..];
        body[0] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(body[1..], time);
        BinaryPrimitives.WriteUInt64LittleEndian(body[9..], seq);
        body[17] = (byte)Encoding.Latin1.GetBytes(boot, body[FixedBytes..]);
        content.CopyTo(body[(FixedBytes + boot.Length)..]);
        BinaryPrimitives.WriteInt32LittleEndian(record, length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Crc32C.Of(body));
        to.Advance(FrameBytes + length);
    }

    /// <summary>Reads the record at <paramref name="at"/> and moves past it. False: from here on there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> segment, ref int at, out SegmentRecord record)
    {
        record = default;
        var rest = segment[at..];
        if (rest.Length < FrameBytes)
            return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (length is < FixedBytes or > MaxBodyBytes || rest.Length - FrameBytes < length)
            return false;
        var body = rest.Slice(FrameBytes, length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) != Crc32C.Of(body))
            return false;
        var kind = (SegmentRecordKind)body[0];
        int bootLength = body[17], start = FixedBytes + bootLength;
        if (kind is not (SegmentRecordKind.Batch or SegmentRecordKind.Ack) || start > length)
            return false;
        var boot = Encoding.Latin1.GetString(body[FixedBytes..start]);
        if (!LinkProtocol.IsId(boot))
            return false;
        var content = at + FrameBytes;
        record = new SegmentRecord(
            kind, BinaryPrimitives.ReadInt64LittleEndian(body[1..]), boot, BinaryPrimitives.ReadUInt64LittleEndian(body[9..]), (content + start)..(content + length));
        at += FrameBytes + length;
        return true;
    }
}
