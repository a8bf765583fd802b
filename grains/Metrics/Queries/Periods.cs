using System.Globalization;

namespace Outrider.Grains.Metrics.Queries;

/// <summary>
/// Lengths of time as callers write them: a number and <c>s</c>, <c>m</c>, <c>h</c>, <c>d</c> or <c>w</c>, such as <c>90s</c> or <c>7d</c>.
/// </summary>
public static class Periods
{
    public const long Second = 1_000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    public const string Rule = "a whole number above 0 and s, m, h, d or w, such as 90s, 15m, 24h, 7d or 4w";

    private const int MaxDigits = 9;

    private static readonly (char Unit, long Milliseconds)[] s_units =
        [('w', 7 * Day), ('d', Day), ('h', Hour), ('m', Minute), ('s', Second)];

    /// <summary>Milliseconds, above 0.</summary>
    public static bool TryParse(string? text, out long milliseconds)
    {
        milliseconds = 0;
        if (text is not { Length: >= 2 and <= MaxDigits + 1 })
            return false;
        var unit = Array.Find(s_units, unit => unit.Unit == text[^1]).Milliseconds;
        if (!long.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        milliseconds = number * unit;
        return milliseconds > 0;
    }

    /// <summary>In the largest unit that is exact: 300 000 is <c>5m</c>, 86 400 000 is <c>1d</c>.</summary>
    public static string Text(long milliseconds)
    {
        foreach (var (unit, length) in s_units)
        {
            if (unit != 'w' && milliseconds >= length && milliseconds % length == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / length}{unit}");
        }
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / (double)Second}s");
    }
}
