using System.Buffers.Binary;
using System.Text;

namespace Outrider.MySql.Payloads;

/// <summary>
/// Reads the protocol's basic types off a payload. Every method says false instead of reading beyond the end.
/// https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_data_types.html
/// </summary>
public ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>Bytes not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>int&lt;1&gt;.</summary>
    public bool TryReadByte(out byte value)
    {
        value = 0;
        if (!TryReadBytes(1, out var bytes))
            return false;
        value = bytes[0];
        return true;
    }

    /// <summary>int&lt;2&gt;.</summary>
    public bool TryReadUInt16(out ushort value)
    {
        value = 0;
        return TryReadBytes(2, out var bytes) && BinaryPrimitives.TryReadUInt16LittleEndian(bytes, out value);
    }

    /// <summary>int&lt;4&gt;.</summary>
    public bool TryReadUInt32(out uint value)
    {
        value = 0;
        return TryReadBytes(4, out var bytes) && BinaryPrimitives.TryReadUInt32LittleEndian(bytes, out value);
    }

    /// <summary>int&lt;lenenc&gt;. False for the NULL marker 0xfb and for 0xff, which are not integers.</summary>
    public bool TryReadLengthEncodedInteger(out ulong value)
    {
        value = 0;
        if (!TryReadByte(out var first))
            return false;
        if (first < 0xfb)
        {
            value = first;
            return true;
        }
        var size = first switch { 0xfc => 2, 0xfd => 3, 0xfe => 8, _ => 0 };
        if (size == 0 || !TryReadBytes(size, out var bytes))
            return false;
        for (var i = size - 1; i >= 0; i--)
            value = value << 8 | bytes[i];
        return true;
    }

    /// <summary>string&lt;lenenc&gt;.</summary>
    public bool TryReadLengthEncodedBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return TryReadLengthEncodedInteger(out var length) && length <= (ulong)_rest.Length && TryReadBytes((int)length, out bytes);
    }

    /// <summary>string&lt;lenenc&gt; as text.</summary>
    public bool TryReadLengthEncodedText(out string text)
    {
        var isRead = TryReadLengthEncodedBytes(out var bytes);
        text = Encoding.UTF8.GetString(bytes);
        return isRead;
    }

    /// <summary>string&lt;NUL&gt;, without the NUL.</summary>
    public bool TryReadNullTerminated(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        var length = _rest.IndexOf((byte)0);
        return length >= 0 && TryReadBytes(length, out bytes) && TrySkip(1);
    }

    /// <summary>string&lt;NUL&gt; as text.</summary>
    public bool TryReadNullTerminatedText(out string text)
    {
        var isRead = TryReadNullTerminated(out var bytes);
        text = Encoding.UTF8.GetString(bytes);
        return isRead;
    }

    /// <summary>string&lt;fix&gt;.</summary>
    public bool TryReadBytes(int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (count > _rest.Length)
            return false;
        bytes = _rest[..count];
        _rest = _rest[count..];
        return true;
    }

    /// <summary>Skips bytes without meaning.</summary>
    public bool TrySkip(int count) => TryReadBytes(count, out _);
}
