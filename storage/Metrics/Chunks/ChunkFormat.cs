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

    /// <summary>Bytes of a lane of <see cref="Checksum"/>.</summary>
    private const int Lane = 512;

    private const int LaneWords = Lane / sizeof(ulong);

    /// <summary>By byte of a checksum, lowest first, and its value: what it becomes behind a lane of zeros.</summary>
    private static readonly uint[] s_behindLane = BehindLane();

    /// <summary>
    /// CRC-32C (RFC 3720, appendix B.4). The processor takes a word each cycle but needs three for the answer, so three lanes are summed side
    /// by side and put together. To open a chunk of 32 series takes half the time, which was a third of reading one of them.
    /// </summary>
    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var rest = bytes[(words.Length * sizeof(ulong))..];
        for (; words.Length >= 3 * LaneWords; words = words[(3 * LaneWords)..])
        {
            ReadOnlySpan<ulong> one = words[..LaneWords], two = words.Slice(LaneWords, LaneWords), three = words.Slice(2 * LaneWords, LaneWords);
            uint ofTwo = 0, ofThree = 0;
            for (var i = 0; i < LaneWords; i++)
            {
                crc = Add(crc, one[i]);
                ofTwo = Add(ofTwo, two[i]);
                ofThree = Add(ofThree, three[i]);
            }
            crc = Shift(Shift(crc) ^ ofTwo) ^ ofThree;
        }
        foreach (var word in words)
            crc = Add(crc, word);
        foreach (var b in rest)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }

    private static uint Add(uint crc, ulong word) =>
        BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));

    private static uint Shift(uint crc) =>
        s_behindLane[crc & 0xFF] ^ s_behindLane[256 + (crc >> 8 & 0xFF)] ^ s_behindLane[512 + (crc >> 16 & 0xFF)] ^ s_behindLane[768 + (crc >> 24)];

    private static uint[] BehindLane()
    {
        var table = new uint[4 * 256];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = (uint)(i & 0xFF) << 8 * (i >> 8);
            for (var word = 0; word < LaneWords; word++)
                table[i] = BitOperations.Crc32C(table[i], 0UL);
        }
        return table;
    }
}
