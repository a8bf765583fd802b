using System.Numerics;
using System.Runtime.InteropServices;

namespace Outrider.Protocol.Binary;

/// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4), which processors compute themselves.</summary>
public static class Crc32C
{
    /// <summary>Of all bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word));
        foreach (var b in bytes[(bytes.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
