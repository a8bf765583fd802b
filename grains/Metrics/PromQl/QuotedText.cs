using System.Buffers;
using System.Globalization;
using System.Text;

namespace Outrider.Grains.Metrics.PromQl;

/// <summary>Strings as Go writes them: in double or single quotes with escapes, in backticks without.</summary>
internal static class QuotedText
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads the string that begins at <paramref name="at"/>, and moves behind it.</summary>
    /// <exception cref="QueryException">It isn't closed, has an escape that is none, or isn't UTF-8.</exception>
    public static string Read(string text, ref int at)
    {
        var start = at;
        var quote = text[at++];
        // Escapes can write single bytes of a character.
        var bytes = new ArrayBufferWriter<byte>();
        while (true)
        {
            if (at == text.Length || (text[at] == '\n' && quote != '`'))
                throw QueryException.Malformed("this string isn't closed", start);
            var c = text[at];
            if (c == quote)
                break;
            if (c == '\\' && quote != '`')
            {
                ReadEscape(text, ref at, quote, bytes);
                continue;
            }
            var length = text.AsSpan(at).IndexOfAny(quote, '\\', '\n') is > 0 and var found ? found : 1;
            Encoding.UTF8.GetBytes(text.AsSpan(at, length), bytes);
            at += length;
        }
        at++;
        try
        {
            return s_strict.GetString(bytes.WrittenSpan);
        }
        catch (DecoderFallbackException)
        {
            throw QueryException.Malformed("the escapes of this string make no UTF-8", start);
        }
    }

    /// <summary>A text in double quotes that reads back as the same.</summary>
    public static string Write(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    private static void ReadEscape(string text, ref int at, char quote, ArrayBufferWriter<byte> to)
    {
        var start = at++;
        var c = at < text.Length ? text[at++] : '\0';
        switch (c)
        {
            case 'x':
                to.Write([(byte)Digits(text, start, ref at, 2, 16)]);
                break;
            case 'u':
                Character(Digits(text, start, ref at, 4, 16), start, to);
                break;
            case 'U':
                Character(Digits(text, start, ref at, 8, 16), start, to);
                break;
            case >= '0' and <= '7':
                at--;
                var value = Digits(text, start, ref at, 3, 8);
                to.Write(value <= byte.MaxValue ? [(byte)value] : throw Unknown(start));
                break;
            default:
                to.Write([Plain(c, quote) ?? throw Unknown(start)]);
                break;
        }
    }

    private static byte? Plain(char c, char quote) => c switch
    {
        'a' => 0x07,
        'b' => 0x08,
        'f' => 0x0c,
        'n' => 0x0a,
        'r' => 0x0d,
        't' => 0x09,
        'v' => 0x0b,
        '\\' => (byte)'\\',
        _ when c == quote => (byte)quote,
        _ => null,
    };

    private static uint Digits(string text, int start, ref int at, int count, uint numberBase)
    {
        uint value = 0;
        for (; count > 0; count--, at++)
        {
            var digit = at < text.Length && char.IsAsciiHexDigit(text[at])
                ? uint.Parse(text.AsSpan(at, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : numberBase;
            value = digit < numberBase ? value * numberBase + digit : throw Unknown(start);
        }
        return value;
    }

    private static void Character(uint value, int start, ArrayBufferWriter<byte> to)
    {
        if (!Rune.TryCreate(value, out var rune))
            throw Unknown(start);
        to.Advance(rune.EncodeToUtf8(to.GetSpan(4)));
    }

    private static QueryException Unknown(int at) => QueryException.Malformed("this escape is unknown", at);
}
