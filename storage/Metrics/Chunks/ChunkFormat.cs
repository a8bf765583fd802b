using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Outrider.Storage.Metrics.Chunks;

/// <summary>The fixed numbers of a chunk (docs/formats/metric-chunk.md).</summary>
public static class ChunkFormat
{
    /// <summary>The format's version, its first byte.</summary>
    public const byte Version = 1;

    /// <summary>Most series of one chunk.</summary>
    public const int MaxSeries = 65_536;

    /// <summary>Most times of one series in a chunk.</summary>
    public const int MaxTimes = 1 << 18;

    /// <summary>Most values beside a time.</summary>
    public const int MaxFields = 8;

    internal const int ChecksumBytes = sizeof(uint);

    /// <summary>CRC-32C (RFC 3720, appendix B.4).</summary>
    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (var b in bytes[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
