using System.Buffers;

namespace Outrider.Protocol.Rows;

/// <summary>Fields of CSV as RFC 4180 has them.</summary>
public static class CsvField
{
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n");

    /// <summary>The text, in quotes where a comma, a quote or a line break asks for them.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        return text.AsSpan().IndexOfAny(s_quoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
