using System.Globalization;

namespace Outrider.Grains.Diagnosis.Cells;

/// <summary>Reads the text cells of SHOW and information_schema. What can't be read is null, never 0.</summary>
public static class Cell
{
    /// <summary>Whether the cell says nothing: NULL, the words <c>NULL</c> and <c>N/A</c>, <c>\N</c>, or blank.</summary>
    public static bool IsMissing(string? cell) => Text(cell) is null;

    /// <summary>The trimmed text; null when it says nothing.</summary>
    public static string? Text(string? cell) => cell?.Trim() switch
    {
        null or "" or "\\N" => null,
        var text when text.Equals("NULL", StringComparison.OrdinalIgnoreCase) => null,
        var text when text.Equals("N/A", StringComparison.OrdinalIgnoreCase) => null,
        var text => text,
    };

    /// <summary>A count or id: a whole number that isn't negative.</summary>
    public static long? Count(string? cell) =>
        long.TryParse(Text(cell), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    /// <summary>A finite number that isn't negative, such as a compaction score.</summary>
    public static double? Number(string? cell) =>
        double.TryParse(Text(cell), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    /// <summary><c>true</c>/<c>false</c> of SHOW, 1/0 of information_schema.</summary>
    public static bool? Flag(string? cell) => Text(cell) switch
    {
        "1" => true,
        "0" => false,
        var text => bool.TryParse(text, out var flag) ? flag : null,
    };

    /// <summary>Percent of 100: <c>44.72 %</c>, <c>44.72%</c> or <c>44.72</c>.</summary>
    public static double? Percent(string? cell) => Text(cell) is { } text ? Number(text.EndsWith('%') ? text[..^1] : text) : null;

    /// <summary>yyyy-MM-dd HH:mm:ss[.ffffff] in the cluster's own zone: only to be compared with the cluster's own NOW().</summary>
    public static DateTime? Time(string? cell) =>
        DateTime.TryParseExact(Text(cell), ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF"], CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var time) ? time : null;
}
