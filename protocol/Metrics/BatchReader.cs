using System.Runtime.CompilerServices;
using System.Text;
using Outrider.Protocol.Binary;

namespace Outrider.Protocol.Metrics;

/// <summary>Reads the parts of a batch one after the other. Throws <see cref="FormatException"/> where the bytes can't be of a batch.</summary>
internal ref struct BatchReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Remaining => _rest.Length;

    public byte Byte() => Take(1)[0];

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw new FormatException("it ends in the middle");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public ulong Unsigned()
    {
        if (!Leb128.TryRead(ref _rest, out var value))
            throw new FormatException("a number in it is not whole");
        return value;
    }

    public long Signed() => Leb128.Unfold(Unsigned());

    /// <summary>A count of things that take at least a byte each, so that one above the bytes left is refused before it is allocated.</summary>
    public int Count(int limit, string what)
    {
        var count = Unsigned();
        if (count > (ulong)limit)
            throw new FormatException($"it has {count} {what}; at most {limit} are allowed");
        if (count > (ulong)_rest.Length)
            throw new FormatException("it ends in the middle");
        return (int)count;
    }

    /// <summary>A position in a list of <paramref name="count"/>.</summary>
    public int Index(int count, string what)
    {
        var index = Unsigned();
        return index < (ulong)count ? (int)index : throw new FormatException($"it names {what} {index} of {count}");
    }

    public string Text(int maxBytes, string what)
    {
        var length = Count(maxBytes, what);
        try
        {
            return s_strictUtf8.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("a text in it is not UTF-8");
        }
    }

    public long Time(long since = 0)
    {
        var time = unchecked(since + Signed());
        return time is >= 0 and <= MetricLimits.LastTime
            ? time
            : throw new FormatException("a time in it is before 1970 or after the year 9999");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Value()
    {
        if (!WireValue.TryRead(ref _rest, out var value))
            throw new FormatException("a value in it can't be read");
        return value;
    }

    /// <summary>The value after <paramref name="before"/> of the same series.</summary>
    public double Value(double before)
    {
        if (_rest.IsEmpty || _rest[0] != WireValue.Same)
            return Value();
        _rest = _rest[1..];
        return before;
    }

    public readonly void End()
    {
        if (!_rest.IsEmpty)
            throw new FormatException("bytes follow its end");
    }
}
