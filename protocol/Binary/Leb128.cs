using System.Buffers;

namespace Outrider.Protocol.Binary;

/// <summary>
/// Unsigned integers in LEB128: seven bits a byte, lowest first, the high bit set on all but the last. Signed ones are folded first
/// (zig-zag: 0, −1, 1, −2, … become 0, 1, 2, 3, …), so that small ones of either sign stay short.
/// </summary>
public static class Leb128
{
    /// <summary>Longest form of 64 bits.</summary>
    public const int MaxBytes = 10;

    /// <summary>Writes into <paramref name="to"/> and returns the number of bytes.</summary>
    public static int Write(Span<byte> to, ulong value)
    {
        var n = 0;
        while (value >= 0x80)
        {
            to[n++] = (byte)(value | 0x80);
            value >>= 7;
        }
        to[n++] = (byte)value;
        return n;
    }

    public static void Write(IBufferWriter<byte> to, ulong value) => to.Advance(Write(to.GetSpan(MaxBytes), value));

    /// <summary>Reads one and moves past it. False: the bytes end in it, or it has more than 64 bits.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> from, out ulong value)
    {
        value = 0;
        for (var i = 0; i < from.Length && i < MaxBytes; i++)
        {
            ulong b = from[i];
            value |= (b & 0x7F) << 7 * i;
            if (b >= 0x80)
                continue;
            from = from[(i + 1)..];
            return i < MaxBytes - 1 || b <= 1;
        }
        return false;
    }

    public static ulong Fold(long value) => (ulong)(value << 1 ^ value >> 63);

    public static long Unfold(ulong folded) => (long)(folded >> 1) ^ -(long)(folded & 1);
}
