using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Outrider.Silo.Hosting.Commands;

/// <summary>Prints JSON objects as a table for a terminal.</summary>
internal static class TextTable
{
    /// <summary>One line of headings, one per row.</summary>
    /// <param name="columns">Members to show; a dot goes into an object: <c>usage.queries</c>; what follows a colon is the heading.</param>
    public static string Of(IEnumerable<JsonElement> rows, params ReadOnlySpan<string> columns)
    {
        var names = columns.ToArray();
        string[][] lines = [[.. names.Select(Heading)], .. rows.Select(row => names.Select(name => Text(row, name)).ToArray())];
        var widths = names.Select((_, i) => lines.Max(line => line[i].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
            text.AppendLine(string.Join("  ", line.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        return text.ToString().TrimEnd();
    }

    private static string Heading(string name) => name[(name.LastIndexOfAny(['.', ':']) + 1)..].Replace('_', ' ').ToUpperInvariant();

    private static string Text(JsonElement row, string path)
    {
        foreach (var name in path.Split(':')[0].Split('.'))
        {
            if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty(name, out row))
                return "-";
        }
        return row.ValueKind switch
        {
            JsonValueKind.Null => "-",
            JsonValueKind.Array => string.Join(' ', row.EnumerateArray().Select(item => item.ToString())),
            JsonValueKind.String when row.TryGetDateTimeOffset(out var at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            _ => row.ToString(),
        };
    }
}
