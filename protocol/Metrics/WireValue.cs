using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Outrider.Protocol.Binary;

namespace Outrider.Protocol.Metrics;

/// <summary>
/// A double of a batch: a tag, whose high four bits are a decimal scale and whose low four are the length (0 to 7) of the folded mantissa
/// that follows, little-endian; or <see cref="Raw"/> and the eight bytes of the double; or <see cref="Same"/>.
/// </summary>
internal static class WireValue
{
    public const byte Raw = 0xF0;

    /// <summary>The same bits as the value before, of the same series.</summary>
    public const byte Same = 0xF1;

    /// <summary>Longest form.</summary>
    public const int MaxBytes = 9;

    /// <summary>Finer than a millionth nothing is measured: whatever needs a larger scale is shorter raw, or nearly.</summary>
    private const int WrittenScale = 6;

    public static void Write(IBufferWriter<byte> to, double value)
    {
        var span = to.GetSpan(MaxBytes);
        if (DecimalScale.TryFind(value, WrittenScale, out var mantissa, out var scale))
        {
            var folded = Leb128.Fold(mantissa);
            var length = (71 - BitOperations.LeadingZeroCount(folded)) / 8;
            span[0] = (byte)(scale << 4 | length);
            BinaryPrimitives.WriteUInt64LittleEndian(span[1..], folded);
            to.Advance(1 + length);
            return;
        }
        span[0] = Raw;
        BinaryPrimitives.WriteDoubleLittleEndian(span[1..], value);
        to.Advance(MaxBytes);
    }

    /// <summary>
    /// Reads one and moves past it; a <see cref="Same"/> is the caller's. False: the bytes end in it, or it is none.
    /// </summary>
    public static bool TryRead(ref ReadOnlySpan<byte> from, out double value)
    {
        value = 0;
        if (from.IsEmpty)
            return false;
        var tag = from[0];
        if (tag == Raw)
        {
            if (from.Length < MaxBytes)
                return false;
            value = BinaryPrimitives.ReadDoubleLittleEndian(from[1..]);
            from = from[MaxBytes..];
            return true;
        }
        int scale = tag >> 4, length = tag & 0x0F;
        if (scale > DecimalScale.Max || length > 7 || from.Length < 1 + length)
            return false;
        var mantissa = Leb128.Unfold(Mantissa(from, length));
        value = DecimalScale.ToDouble(mantissa, scale);
        from = from[(1 + length)..];
        return Math.Abs(mantissa) <= DecimalScale.MaxMantissa;
    }

    private static ulong Mantissa(ReadOnlySpan<byte> from, int length)
    {
        if (from.Length >= MaxBytes)
            return BinaryPrimitives.ReadUInt64LittleEndian(from[1..]) & (1UL << 8 * length) - 1;
        ulong folded = 0;
        for (var i = length; i > 0; i--)
            folded = folded << 8 | from[i];
        return folded;
    }
}
