using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Outrider.MySql.Payloads;

/// <summary>Builds a payload out of the protocol's basic types. Reused by <see cref="Clear"/>.</summary>
public sealed class PayloadWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>Starts anew.</summary>
    public PayloadWriter Clear()
    {
        _bytes.ResetWrittenCount();
        return this;
    }

    /// <summary>int&lt;1&gt;.</summary>
    public PayloadWriter WriteByte(byte value) => WriteBytes([value]);

    /// <summary>int&lt;2&gt;.</summary>
    public PayloadWriter WriteUInt16(ushort value) => WriteInteger(value, 2);

    /// <summary>int&lt;4&gt;.</summary>
    public PayloadWriter WriteUInt32(uint value) => WriteInteger(value, 4);

    /// <summary>int&lt;lenenc&gt;.</summary>
    public PayloadWriter WriteLengthEncodedInteger(ulong value) => value switch
    {
        < 0xfb => WriteByte((byte)value),
        <= 0xffff => WriteByte(0xfc).WriteInteger(value, 2),
        <= 0xff_ffff => WriteByte(0xfd).WriteInteger(value, 3),
        _ => WriteByte(0xfe).WriteInteger(value, 8),
    };

    /// <summary>string&lt;lenenc&gt;.</summary>
    public PayloadWriter WriteLengthEncodedBytes(ReadOnlySpan<byte> bytes) =>
        WriteLengthEncodedInteger((ulong)bytes.Length).WriteBytes(bytes);

    /// <summary>string&lt;lenenc&gt; in UTF-8.</summary>
    public PayloadWriter WriteLengthEncodedText(string text) =>
        WriteLengthEncodedInteger((ulong)Encoding.UTF8.GetByteCount(text)).WriteText(text);

    /// <summary>string&lt;NUL&gt; in UTF-8.</summary>
    public PayloadWriter WriteNullTerminatedText(string text) => WriteText(text).WriteByte(0);

    /// <summary>string&lt;EOF&gt; in UTF-8.</summary>
    public PayloadWriter WriteText(string text)
    {
        Encoding.UTF8.GetBytes(text, _bytes);
        return this;
    }

    /// <summary>string&lt;fix&gt;.</summary>
    public PayloadWriter WriteBytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Bytes without meaning.</summary>
    public PayloadWriter WriteZeros(int count)
    {
        _bytes.GetSpan(count)[..count].Clear();
        _bytes.Advance(count);
        return this;
    }

    private PayloadWriter WriteInteger(ulong value, int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return WriteBytes(bytes[..size]);
    }
}
