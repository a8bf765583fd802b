using System.Buffers;
using System.Text;
using Outrider.Protocol.Binary;

namespace Outrider.Protocol.Metrics;

/// <summary>Writes the parts that <see cref="BatchReader"/> reads.</summary>
internal readonly struct BatchWriter(IBufferWriter<byte> to)
{
    public void Byte(byte value)
    {
        to.GetSpan(1)[0] = value;
        to.Advance(1);
    }

    public void Unsigned(ulong value) => Leb128.Write(to, value);

    public void Signed(long value) => Leb128.Write(to, Leb128.Fold(value));

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Unsigned((ulong)length);
        Encoding.UTF8.GetBytes(text, to.GetSpan(length));
        to.Advance(length);
    }

    public void Block(MetricBlockKind kind, ReadOnlySpan<byte> content)
    {
        Byte((byte)kind);
        Unsigned((ulong)content.Length);
        to.Write(content);
    }

    public void Value(double value) => WireValue.Write(to, value);

    /// <summary>The value after <paramref name="before"/> of the same series.</summary>
    public void Value(double value, double before)
    {
        if (BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(before))
            Byte(WireValue.Same);
        else
            Value(value);
    }
}
