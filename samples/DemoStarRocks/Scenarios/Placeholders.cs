using System.Globalization;
using System.Text.RegularExpressions;

namespace Outrider.Samples.DemoStarRocks.Scenarios;

/// <summary>{{now}}, {{now-120s}}, {{unix+1h}} in cells: times relative to the answer.</summary>
public static partial class Placeholders
{
    /// <summary>How a StarRocks front end prints its local time.</summary>
    public const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    /// <summary>Replaces all placeholders of a text.</summary>
    public static string Expand(string text, DateTimeOffset localNow) =>
        text.Contains("{{", StringComparison.Ordinal) ? Pattern().Replace(text, match => Print(match, localNow)) : text;

    /// <summary>Whether a text has double braces that are no placeholder: a typo.</summary>
    public static bool HasUnknown(string text) => Pattern().Replace(text, "").Contains("{{", StringComparison.Ordinal);

    private static string Print(Match match, DateTimeOffset localNow)
    {
        var time = localNow + Offset(match.Groups["offset"].Value);
        return match.Groups["name"].Value == "now"
            ? time.ToString(TimeFormat, CultureInfo.InvariantCulture)
            : time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    }

    private static TimeSpan Offset(string text)
    {
        if (text.Length == 0)
            return TimeSpan.Zero;
        var count = int.Parse(text[..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            _ => TimeSpan.FromDays(count),
        };
    }

    [GeneratedRegex(@"\{\{(?<name>now|unix)(?<offset>[+-][0-9]{1,6}[smhd])?\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
