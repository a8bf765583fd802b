using System.Text;

namespace Outrider.Agent.Collectors;

/// <summary>Text whose length counts in UTF-8 bytes.</summary>
internal static class Utf8Text
{
    /// <summary>The text, cut to <paramref name="maxBytes"/>, never within a character. Lone surrogates become U+FFFD.</summary>
    public static string Clip(string text, int maxBytes)
    {
        // A UTF-16 unit takes three bytes at most.
        if (text.Length * 3 <= maxBytes)
            return text;
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= maxBytes ? text : Clip(bytes, maxBytes);
    }

    /// <summary>The bytes as text, cut to <paramref name="maxBytes"/>. What isn't UTF-8 becomes U+FFFD, which may take more bytes than it had.</summary>
    public static string Clip(ReadOnlySpan<byte> bytes, int maxBytes)
    {
        var end = Math.Min(bytes.Length, maxBytes);
        while (end > 0 && end < bytes.Length && (bytes[end] & 0xC0) == 0x80)
            end--;
        var text = Encoding.UTF8.GetString(bytes[..end]);
        while (Encoding.UTF8.GetByteCount(text) > maxBytes)
            text = text[..(text.Length / 2)];
        return text;
    }
}
