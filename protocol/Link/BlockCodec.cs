using System.Buffers.Binary;
using System.Text;
using Outrider.Protocol.Outcomes;

namespace Outrider.Protocol.Link;

/// <summary>
/// Binary frames to and from bytes: version and kind (4 bits each), length of the id, the id in ASCII, the block's number
/// (32 bits, little-endian), then up to 64 KiB that it carries.
/// </summary>
public static class BlockCodec
{
    /// <summary>Longest header: first byte, id length, id, number.</summary>
    public const int MaxHeaderBytes = 1 + 1 + LinkProtocol.MaxIdLength + sizeof(uint);

    /// <summary>Longest binary frame.</summary>
    public const int MaxFrameBytes = MaxHeaderBytes + LinkProtocol.MaxBlockBytes;

    /// <summary>What a frame says it carries, before it is looked at closer.</summary>
    public static BlockKind KindOf(ReadOnlySpan<byte> frame) => frame.IsEmpty ? default : (BlockKind)(frame[0] & 0x0F);

    /// <summary>Reads a whole frame's header. Whatever the bytes are, the answer is a block or a problem <c>frame_…</c>.</summary>
    /// <param name="frame">The whole frame.</param>
    /// <param name="agreed">The kinds that were agreed on for this link, beside payload.</param>
    public static Outcome<Block> Read(ReadOnlySpan<byte> frame, params ReadOnlySpan<BlockKind> agreed)
    {
        if (frame.Length < 2)
            return Malformed("it is too short for a header");
        if (frame[0] >> 4 != LinkProtocol.Version)
            return Malformed("its version is unknown");
        var kind = KindOf(frame);
        if (kind != BlockKind.TaskPayload && !agreed.Contains(kind))
            return new Problem(ProblemCodes.FrameUnknownType, "A binary frame of a kind that was not agreed on for this link.");
        int length = frame[1];
        if (frame.Length < 2 + length + sizeof(uint))
            return Malformed("it ends in its header");
        var id = Encoding.Latin1.GetString(frame.Slice(2, length));
        if (!LinkProtocol.IsId(id))
            return Malformed("its id is not printable ASCII");
        var header = 2 + length + sizeof(uint);
        if (frame.Length - header > LinkProtocol.MaxBlockBytes)
            return new Problem(ProblemCodes.FrameTooLarge, $"A binary frame that carries more than {LinkProtocol.MaxBlockBytes} bytes.");
        return new Block(kind, id, BinaryPrimitives.ReadUInt32LittleEndian(frame[(2 + length)..]), header);
    }

    /// <summary>Writes the header into <paramref name="to"/> (at least <see cref="MaxHeaderBytes"/>) and returns its length.</summary>
    public static int WriteHeader(Span<byte> to, BlockKind kind, string id, uint number)
    {
        to[0] = (byte)(LinkProtocol.Version << 4 | (byte)kind);
        to[1] = (byte)Encoding.Latin1.GetBytes(id, to[2..]);
        BinaryPrimitives.WriteUInt32LittleEndian(to[(2 + to[1])..], number);
        return 2 + to[1] + sizeof(uint);
    }

    private static Problem Malformed(string why) => new(ProblemCodes.FrameMalformed, $"The binary frame can't be read: {why}.");
}
