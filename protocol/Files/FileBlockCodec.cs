using System.Buffers.Binary;
using Outrider.Protocol.Binary;
using Outrider.Protocol.Link;

namespace Outrider.Protocol.Files;

/// <summary>Blocks of files to and from binary frames (docs/formats/agent-protocol.md): the frame's header, the CRC-32C of the block's bytes, the bytes.</summary>
public static class FileBlockCodec
{
    /// <summary>Bytes of the longest frame.</summary>
    public const int MaxFrameBytes = BlockCodec.MaxHeaderBytes + FileBlocks.HeaderBytes + FileBlocks.Bytes;

    /// <summary>Where the file's bytes begin in a frame of this transfer.</summary>
    public static int BytesAt(string transfer) => 1 + 1 + transfer.Length + sizeof(uint) + FileBlocks.HeaderBytes;

    /// <summary>Writes all that is before the file's bytes, which are in their place already.</summary>
    /// <param name="frame">The whole frame.</param>
    public static void Seal(Span<byte> frame, string transfer, uint number)
    {
        var header = BlockCodec.WriteHeader(frame, BlockKind.FileBlock, transfer, number);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[header..], Crc32C.Of(frame[(header + FileBlocks.HeaderBytes)..]));
    }

    /// <summary>The file's bytes of a block; false: it is not what was sent.</summary>
    /// <param name="body">What the frame carries.</param>
    public static bool TryOpen(ReadOnlyMemory<byte> body, out ReadOnlyMemory<byte> bytes)
    {
        bytes = body.Length < FileBlocks.HeaderBytes ? default : body[FileBlocks.HeaderBytes..];
        return body.Length >= FileBlocks.HeaderBytes && BinaryPrimitives.ReadUInt32LittleEndian(body.Span) == Crc32C.Of(bytes.Span);
    }
}
