using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Outrider.Protocol.Binary;
using Outrider.Protocol.Metrics;

namespace Outrider.Storage.Metrics.Chunks;

/// <summary>
/// Doubles, every bit kept: one value for all, or integers of a common decimal scale and step (what doesn't fit in it, a NaN or a value
/// with more digits, is listed apart), or <see cref="XorColumn"/>.
/// </summary>
internal sealed class ValueColumn
{
    private const byte Constant = 0x00;
    private const byte Xor = 0x10;

    /// <summary>As <see cref="Constant"/>, the value a mantissa; the low four bits are the scale.</summary>
    private const byte DecimalConstant = 0x40;

    /// <summary>The low four bits are the scale.</summary>
    private const byte Decimal = 0x20;

    /// <summary>As <see cref="Decimal"/>, with values listed apart.</summary>
    private const byte DecimalAndOthers = 0x30;

    /// <summary>Finer scales are hardly ever measured, and trying them costs.</summary>
    private const int WrittenScale = 9;

    /// <summary>A column with more than one in so many values apart is written the other way.</summary>
    private const int OthersOneIn = 8;

    /// <summary>Above this a decimal column is compared with the other way.</summary>
    private const int BytesWorthComparing = 4;

    private readonly IntegerColumn _integers = new();
    private readonly XorColumn _xor = new();
    private readonly ArrayBufferWriter<byte> _decimal = new(4096);
    private readonly ArrayBufferWriter<byte> _raw = new(4096);
    private readonly List<int> _others = [];
    private long[] _mantissas = [];

    /// <summary>Writes at least one value; the count is for the caller to keep.</summary>
    public void Write(IBufferWriter<byte> to, ReadOnlySpan<double> values)
    {
        if (values.IndexOfAnyExceptBits(values[0]) < 0)
        {
            WriteConstant(to, values[0]);
            return;
        }
        _decimal.ResetWrittenCount();
        if (TryWriteDecimal(values) && _decimal.WrittenCount <= BytesWorthComparing * values.Length)
        {
            to.Write(_decimal.WrittenSpan);
            return;
        }
        _raw.ResetWrittenCount();
        _raw.GetSpan(1)[0] = Xor;
        _raw.Advance(1);
        _xor.Write(_raw, values);
        var decimalIsShorter = _decimal.WrittenCount > 0 && _decimal.WrittenCount <= _raw.WrittenCount;
        to.Write(decimalIsShorter ? _decimal.WrittenSpan : _raw.WrittenSpan);
    }

    /// <summary>Fills <paramref name="values"/> (at least one) from the whole of <paramref name="from"/>.</summary>
    /// <param name="from">The column.</param>
    /// <param name="values">Where they go.</param>
    /// <param name="scratch">As long as <paramref name="values"/>.</param>
    /// <exception cref="FormatException">The bytes are no column of that many values.</exception>
    public static void Read(ReadOnlySpan<byte> from, Span<double> values, Span<long> scratch)
    {
        if (from.IsEmpty)
            throw Damaged();
        var scale = from[0] & 0x0F;
        var way = from[0] & 0xF0;
        from = from[1..];
        switch (way)
        {
            case Constant when scale == 0:
                values.Fill(from.Length == sizeof(double) ? BinaryPrimitives.ReadDoubleLittleEndian(from) : throw Damaged());
                break;
            case DecimalConstant when scale <= DecimalScale.Max:
                values.Fill(Leb128.TryRead(ref from, out var folded) && from.IsEmpty
                    ? DecimalScale.ToDouble(Leb128.Unfold(folded), scale)
                    : throw Damaged());
                break;
            case Xor when scale == 0:
                XorColumn.Read(from, values);
                break;
            case Decimal or DecimalAndOthers when scale <= DecimalScale.Max:
                ReadDecimal(from, scale, way == DecimalAndOthers, values, scratch);
                break;
            default:
                throw Damaged();
        }
    }

    private static void WriteConstant(IBufferWriter<byte> to, double value)
    {
        var span = to.GetSpan(1 + Leb128.MaxBytes);
        if (DecimalScale.TryFind(value, WrittenScale, out var mantissa, out var scale))
        {
            span[0] = (byte)(DecimalConstant | scale);
            to.Advance(1 + Leb128.Write(span[1..], Leb128.Fold(mantissa)));
            return;
        }
        span[0] = Constant;
        BinaryPrimitives.WriteDoubleLittleEndian(span[1..], value);
        to.Advance(1 + sizeof(double));
    }

    private bool TryWriteDecimal(ReadOnlySpan<double> values)
    {
        if (_mantissas.Length < values.Length)
            _mantissas = new long[Math.Max(1024, 2 * values.Length)];
        var mantissas = _mantissas.AsSpan(0, values.Length);
        if (!TryScale(values, mantissas, out var scale))
            return false;
        var step = Step(mantissas);
        var first = mantissas[0];
        if (step > 0)
        {
            foreach (ref var mantissa in mantissas)
                mantissa = mantissa - first >> step;
        }
        var head = _decimal.GetSpan(2);
        head[0] = (byte)((_others.Count == 0 ? Decimal : DecimalAndOthers) | scale);
        head[1] = (byte)step;
        _decimal.Advance(2);
        if (step > 0)
            Leb128.Write(_decimal, Leb128.Fold(first));
        if (_others.Count > 0)
            WriteOthers(values);
        _integers.Write(_decimal, mantissas);
        return true;
    }

    /// <summary>Finds the scale that all values share, but for those that end up in <see cref="_others"/>.</summary>
    private bool TryScale(ReadOnlySpan<double> values, Span<long> mantissas, out int scale)
    {
        scale = 0;
        _others.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            if (DecimalScale.TryScale(values[i], scale, out mantissas[i]))
                continue;
            var finer = scale + 1;
            while (finer <= WrittenScale && !DecimalScale.TryScale(values[i], finer, out mantissas[i]))
                finer++;
            if (finer <= WrittenScale)
            {
                scale = finer;
                // Again from the start: what fitted before may be too large now.
                _others.Clear();
                i = -1;
                continue;
            }
            _others.Add(i);
            mantissas[i] = i == 0 ? 0 : mantissas[i - 1];
            if (_others.Count * OthersOneIn > values.Length)
                return false;
        }
        return true;
    }

    /// <summary>How many low bits their differences all have 0: sizes come in pages, sectors or kilobytes.</summary>
    private static int Step(ReadOnlySpan<long> mantissas)
    {
        long bits = 0, first = mantissas[0];
        foreach (var mantissa in mantissas)
            bits |= mantissa - first;
        return bits == 0 ? 0 : BitOperations.TrailingZeroCount(bits);
    }

    private void WriteOthers(ReadOnlySpan<double> values)
    {
        Leb128.Write(_decimal, (ulong)_others.Count);
        var before = 0;
        foreach (var at in _others)
        {
            Leb128.Write(_decimal, (ulong)(at - before));
            BinaryPrimitives.WriteDoubleLittleEndian(_decimal.GetSpan(sizeof(double)), values[at]);
            _decimal.Advance(sizeof(double));
            before = at;
        }
    }

    private static void ReadDecimal(ReadOnlySpan<byte> from, int scale, bool others, Span<double> values, Span<long> scratch)
    {
        if (from.IsEmpty || from[0] > 62)
            throw Damaged();
        int step = from[0];
        from = from[1..];
        ulong first = 0;
        if (step > 0 && !Leb128.TryRead(ref from, out first))
            throw Damaged();
        var listed = from;
        if (others)
            SkipOthers(ref from, values.Length);
        var mantissas = scratch[..values.Length];
        IntegerColumn.Read(from, mantissas);
        var power = DecimalScale.Power(scale);
        var offset = Leb128.Unfold(first);
        Scale(mantissas, step, offset, power, values);
        if (others)
            ReadOthers(listed, values);
    }

    /// <summary>Quotients several at once: a division is by far the slowest step there is.</summary>
    private static void Scale(ReadOnlySpan<long> mantissas, int step, long offset, double power, Span<double> values)
    {
        var i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var whole = Vector.ShiftLeft(new Vector<long>(mantissas[i..]), step) + new Vector<long>(offset);
            (Vector.ConvertToDouble(whole) / new Vector<double>(power)).CopyTo(values[i..]);
        }
        for (; i < values.Length; i++)
            values[i] = ((mantissas[i] << step) + offset) / power;
    }

    private static void SkipOthers(ref ReadOnlySpan<byte> from, int limit)
    {
        if (!Leb128.TryRead(ref from, out var count) || count > (ulong)limit)
            throw Damaged();
        for (; count > 0; count--)
        {
            if (!Leb128.TryRead(ref from, out _) || from.Length < sizeof(double))
                throw Damaged();
            from = from[sizeof(double)..];
        }
    }

    private static void ReadOthers(ReadOnlySpan<byte> from, Span<double> values)
    {
        Leb128.TryRead(ref from, out var count);
        ulong at = 0;
        for (; count > 0; count--)
        {
            Leb128.TryRead(ref from, out var further);
            at += further;
            if (further > (ulong)values.Length || at >= (ulong)values.Length)
                throw Damaged();
            values[(int)at] = BinaryPrimitives.ReadDoubleLittleEndian(from);
            from = from[sizeof(double)..];
        }
    }

    private static FormatException Damaged() => new("A column of values can't be read.");
}
