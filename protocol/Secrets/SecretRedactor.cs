using System.Buffers;

namespace Outrider.Protocol.Secrets;

/// <summary>
/// Keeps secrets that stand in a database's own answers on this machine: in <c>SHOW CREATE TABLE</c> of an external table, in a routine
/// load's properties, in configuration listings. The value after a key such as <c>password</c> or <c>aws.s3.secret_key</c> becomes
/// <c>***</c>, whether it is written <c>"key" = "value"</c>, <c>"key": "value"</c> or <c>key=value</c>. Linear in the text.
/// </summary>
public static class SecretRedactor
{
    private const int MaxKey = 128;

    /// <summary>As they stand in a key once its dots, dashes and underscores are left out.</summary>
    private static readonly string[] s_words =
    [
        "password", "passwd", "secret", "credential", "accesskey", "privatekey", "sharedkey", "accountkey", "sastoken", "sessiontoken",
        "authtoken", "securitytoken", "jaasconfig",
    ];

    private static ReadOnlySpan<byte> Mask => "***"u8;

    /// <summary>Whether a setting of this name holds a secret.</summary>
    public static bool IsSecretName(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > MaxKey)
            return false;
        Span<char> plain = stackalloc char[MaxKey];
        var length = 0;
        foreach (var b in name)
        {
            if (b is not ((byte)'.' or (byte)'_' or (byte)'-'))
                plain[length++] = char.ToLowerInvariant((char)b);
        }
        foreach (var word in s_words)
        {
            if (plain[..length].IndexOf(word) >= 0)
                return true;
        }
        return false;
    }

    /// <summary>The text without its secrets; null when there are none, which is nearly always and then costs next to nothing.</summary>
    public static byte[]? Redact(ReadOnlySpan<byte> text)
    {
        ArrayBufferWriter<byte>? redacted = null;
        var copied = 0;
        for (var at = 0; NextSeparator(text, at) is >= 0 and var separator; at = separator + 1)
        {
            if (!IsSecretName(KeyBefore(text, separator)) || !TryFindValue(text, separator + 1, out var start, out var end) || start < copied)
                continue;
            redacted ??= new ArrayBufferWriter<byte>(text.Length);
            redacted.Write(text[copied..start]);
            redacted.Write(Mask);
            copied = end;
        }
        redacted?.Write(text[copied..]);
        return redacted?.WrittenSpan.ToArray();
    }

    private static int NextSeparator(ReadOnlySpan<byte> text, int from)
    {
        var found = text[from..].IndexOfAny((byte)'=', (byte)':');
        return found < 0 ? -1 : from + found;
    }

    /// <summary>The word before the separator, quotes and blanks around it left out.</summary>
    private static ReadOnlySpan<byte> KeyBefore(ReadOnlySpan<byte> text, int separator)
    {
        var end = separator;
        while (end > 0 && text[end - 1] is (byte)' ' or (byte)'\t' or (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'\\')
            end--;
        var start = end;
        while (start > 0 && end - start < MaxKey && (char.IsAsciiLetterOrDigit((char)text[start - 1]) || text[start - 1] is (byte)'.' or (byte)'_' or (byte)'-'))
            start--;
        return text[start..end];
    }

    /// <summary>Where the value's own characters stand, without its quotes. False: there is none, or it is empty.</summary>
    private static bool TryFindValue(ReadOnlySpan<byte> text, int from, out int start, out int end)
    {
        start = from;
        while (start < text.Length && text[start] is (byte)' ' or (byte)'\t' or (byte)'\\' or (byte)'=')
            start++;
        end = start;
        if (start == text.Length)
            return false;
        if (text[start] is (byte)'"' or (byte)'\'')
        {
            var quote = text[start++];
            for (end = start; end < text.Length && text[end] != quote; end++)
            {
                // A quote behind a backslash is part of the value, unless the value itself was opened behind one (JSON inside JSON).
                if (text[end] == '\\' && end + 1 < text.Length && text[start - 2] != '\\')
                    end++;
            }
            end = Math.Min(end, text.Length);
            if (end > start && end < text.Length && text[end - 1] == '\\' && text[start - 2] == '\\')
                end--;
        }
        else
        {
            while (end < text.Length && text[end] is not ((byte)' ' or (byte)'\n' or (byte)',' or (byte)';' or (byte)')' or (byte)'}' or (byte)'&'))
                end++;
        }
        return end > start;
    }
}
