using System.Buffers.Binary;
using Outrider.Protocol.Outcomes;

namespace Outrider.Protocol.Tasks;

/// <summary>
/// Chunks to and from bytes (docs/formats/agent-protocol.md): the stream (1 byte), the time and the offset (64 bits each, little-endian),
/// the bytes. Several chunks together: before each its number and its length (32 bits each).
/// </summary>
public static class LogChunkCodec
{
    /// <summary>Bytes of a chunk beside what was read.</summary>
    public const int HeaderBytes = 1 + 2 * sizeof(long);

    /// <summary>What stands before the bytes of each of several chunks.</summary>
    public const int FramedHeaderBytes = FrameBytes + HeaderBytes;

    private const int FrameBytes = 2 * sizeof(uint);

    /// <summary>Writes a chunk's header into <paramref name="to"/>, which has at least <see cref="HeaderBytes"/>.</summary>
    public static void WriteHeader(Span<byte> to, LogChunk chunk)
    {
        to[0] = (byte)chunk.Stream;
        BinaryPrimitives.WriteInt64LittleEndian(to[1..], chunk.At);
        BinaryPrimitives.WriteInt64LittleEndian(to[(1 + sizeof(long))..], chunk.Offset);
    }

    /// <summary>Reads what a log block carries. The chunk's bytes are a part of <paramref name="body"/>. <c>frame_malformed</c>.</summary>
    public static Outcome<LogChunk> Read(uint number, ReadOnlyMemory<byte> body)
    {
        if (body.Length < HeaderBytes)
            return Malformed("it is too short");
        var header = body.Span;
        var stream = (TaskStream)header[0];
        if (stream is not (TaskStream.Stdout or TaskStream.Stderr or TaskStream.Note))
            return Malformed("its stream is unknown");
        var offset = BinaryPrimitives.ReadInt64LittleEndian(header[(1 + sizeof(long))..]);
        if (offset < 0 || body.Length - HeaderBytes > TaskLimits.ChunkBytes)
            return Malformed("its offset is negative, or it is too long");
        return new LogChunk(number, stream, BinaryPrimitives.ReadInt64LittleEndian(header[1..]), offset, body[HeaderBytes..]);
    }

    /// <summary>Writes what stands before a chunk's bytes where it is one of several: at least <see cref="FramedHeaderBytes"/>.</summary>
    public static void WriteFramedHeader(Span<byte> to, LogChunk chunk)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, chunk.Number);
        BinaryPrimitives.WriteUInt32LittleEndian(to[sizeof(uint)..], (uint)(HeaderBytes + chunk.Bytes.Length));
        WriteHeader(to[FrameBytes..], chunk);
    }

    /// <summary>Reads what stands before the bytes of a chunk that is one of several.</summary>
    /// <param name="frame">At least <see cref="FramedHeaderBytes"/>.</param>
    /// <param name="number">The chunk's number.</param>
    /// <param name="offset">Its offset.</param>
    /// <returns>Bytes from here to the next chunk; null: it is none.</returns>
    public static int? ReadFramedHeader(ReadOnlySpan<byte> frame, out uint number, out long offset)
    {
        number = BinaryPrimitives.ReadUInt32LittleEndian(frame);
        offset = BinaryPrimitives.ReadInt64LittleEndian(frame[(FramedHeaderBytes - sizeof(long))..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(frame[sizeof(uint)..]);
        return length is >= HeaderBytes and <= HeaderBytes + TaskLimits.ChunkBytes ? FrameBytes + (int)length : null;
    }

    /// <summary>Several chunks as one array, for a call.</summary>
    public static byte[] Join(IReadOnlyList<LogChunk> chunks)
    {
        var joined = new byte[chunks.Sum(chunk => FramedHeaderBytes + chunk.Bytes.Length)];
        var at = 0;
        foreach (var chunk in chunks)
        {
            WriteFramedHeader(joined.AsSpan(at), chunk);
            chunk.Bytes.CopyTo(joined.AsMemory(at + FramedHeaderBytes));
            at += FramedHeaderBytes + chunk.Bytes.Length;
        }
        return joined;
    }

    /// <summary>What <see cref="Join"/> made. The chunks' bytes are parts of <paramref name="joined"/>. <c>frame_malformed</c>.</summary>
    public static Outcome<List<LogChunk>> Split(ReadOnlyMemory<byte> joined)
    {
        var chunks = new List<LogChunk>();
        while (!joined.IsEmpty)
        {
            if (joined.Length < FrameBytes)
                return Malformed("it ends in its header");
            var number = BinaryPrimitives.ReadUInt32LittleEndian(joined.Span);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(joined.Span[sizeof(uint)..]);
            if (length > joined.Length - FrameBytes)
                return Malformed("it ends too early");
            var chunk = Read(number, joined.Slice(FrameBytes, (int)length));
            if (!chunk.Ok)
                return chunk.Problem;
            chunks.Add(chunk.Value);
            joined = joined[(FrameBytes + (int)length)..];
        }
        return chunks;
    }

    private static Problem Malformed(string why) => new(ProblemCodes.FrameMalformed, $"A log chunk can't be read: {why}.");
}
