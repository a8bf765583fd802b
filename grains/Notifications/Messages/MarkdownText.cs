using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Outrider.Grains.Notifications.Messages;

/// <summary>The plain kind of markdown that messages are written in, and other forms of it.</summary>
public static partial class MarkdownText
{
    /// <summary>
    /// Text that comes from outside, as one line in which nothing is a link, a mention, code or a tag for any receiver. Receivers differ in
    /// which escapes they know, so what would begin one of these becomes a character that looks like it.
    /// </summary>
    public static string Escape(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                line.Append(' ');
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format)
                line.Append(rune.ToString());
        }
        return Tag().Replace(line.ToString(), "＜")
            .Replace("://", ":／／", StringComparison.Ordinal)
            .Replace('[', '［').Replace(']', '］').Replace('@', '＠').Replace('`', 'ˋ').Replace("**", "＊＊", StringComparison.Ordinal)
            .Trim();
    }

    /// <summary>Without marks, for receivers that show text as it is.</summary>
    public static string ToPlain(string markdown) =>
        Link().Replace(Heading().Replace(markdown, "$1"), "$1 ($2)").Replace("**", "", StringComparison.Ordinal);

    /// <summary>As Slack's own markup, in which text can't be a mention or link unless the markdown has one.</summary>
    public static string ToSlack(string markdown)
    {
        var escaped = markdown.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
        return Link().Replace(Heading().Replace(escaped, "*$1*"), "<$2|$1>").Replace("**", "*", StringComparison.Ordinal);
    }

    /// <summary>Text of at most so many bytes of UTF-8; what was cut shows as an ellipsis.</summary>
    /// <param name="bytes">3 or more.</param>
    public static string Cut(string text, int bytes)
    {
        const string ellipsis = "…";
        if (Encoding.UTF8.GetByteCount(text) <= bytes)
            return text;
        var left = bytes - Encoding.UTF8.GetByteCount(ellipsis);
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            left -= rune.Utf8SequenceLength;
            if (left < 0)
                break;
            length += rune.Utf16SequenceLength;
        }
        return text[..length] + ellipsis;
    }

    [GeneratedRegex(@"<(?![\s=0-9])")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^#{1,6} +(.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]\n]*)\]\((https?://[^)\s]*)\)")]
    private static partial Regex Link();
}
