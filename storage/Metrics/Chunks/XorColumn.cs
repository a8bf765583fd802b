using System.Buffers;
using System.Numerics;

namespace Outrider.Storage.Metrics.Chunks;

/// <summary>
/// Any doubles: the first as it is, then each exclusive-or the one before, of which only the bits between its leading and trailing zeros
/// are written (T. Pelkonen et al., "Gorilla", VLDB 2015, section 4.1.2).
/// </summary>
internal sealed class XorColumn
{
    private const int LeadingBits = 5;
    private const int LengthBits = 6;
    private const int MaxLeading = (1 << LeadingBits) - 1;

    private readonly BitWriter _bits = new();

    public void Write(IBufferWriter<byte> to, ReadOnlySpan<double> values)
    {
        _bits.Clear();
        var before = BitConverter.DoubleToUInt64Bits(values[0]);
        _bits.Write(before, 64);
        int leading = 64, trailing = 0;
        foreach (var value in values[1..])
        {
            var bits = BitConverter.DoubleToUInt64Bits(value);
            var changed = bits ^ before;
            before = bits;
            if (changed == 0)
            {
                _bits.Write(0, 1);
                continue;
            }
            var (lead, trail) = (Math.Min(MaxLeading, BitOperations.LeadingZeroCount(changed)), BitOperations.TrailingZeroCount(changed));
            if (lead >= leading && trail >= trailing)
            {
                _bits.Write(0b01, 2);
            }
            else
            {
                (leading, trailing) = (lead, trail);
                _bits.Write(0b11, 2);
                _bits.Write((ulong)leading, LeadingBits);
                _bits.Write((ulong)(63 - leading - trailing), LengthBits);
            }
            _bits.Write(changed >> trailing, 64 - leading - trailing);
        }
        to.Write(_bits.Finish());
    }

    public static void Read(ReadOnlySpan<byte> from, Span<double> values)
    {
        var reader = new BitReader(from);
        var bits = reader.Read(64);
        values[0] = BitConverter.UInt64BitsToDouble(bits);
        int length = 0, trailing = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (reader.Read(1) == 1)
            {
                if (reader.Read(1) == 1)
                {
                    var leading = (int)reader.Read(LeadingBits);
                    length = (int)reader.Read(LengthBits) + 1;
                    trailing = 64 - leading - length;
                }
                if (length == 0 || trailing < 0)
                    throw new FormatException("A column of doubles can't be read.");
                bits ^= reader.Read(length) << trailing;
            }
            values[i] = BitConverter.UInt64BitsToDouble(bits);
        }
        reader.End();
    }
}
