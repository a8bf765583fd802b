using System.Text.RegularExpressions;

namespace Outrider.Grains.Alerts;

/// <summary>Texts with placeholders such as <c>{{agent}}</c>, which those who write rules and channels may use.</summary>
public static partial class Placeholders
{
    private const int MaxShown = 60;

    /// <summary>The first placeholder that is none, as it is written; null: all are.</summary>
    /// <param name="isKnown">Whether there is one of this name.</param>
    public static string? Unknown(string template, Predicate<string> isKnown)
    {
        var unknown = Placeholder().Matches(template).FirstOrDefault(match => !match.Groups["closed"].Success || !isKnown(match.Groups["name"].Value));
        return unknown?.Value[..Math.Min(unknown.Length, MaxShown)];
    }

    /// <summary>The text with each placeholder replaced. What is put in is not looked at again.</summary>
    /// <param name="value">What stands for a name.</param>
    public static string Fill(string template, Func<string, string> value) =>
        Placeholder().Replace(template, match => match.Groups["closed"].Success ? value(match.Groups["name"].Value) : match.Value);

    /// <summary>As messages list them.</summary>
    public static string List(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"{{{{{name}}}}}"));

    [GeneratedRegex(@"\{\{\s*(?<name>.*?)\s*(?:(?<closed>\}\})|\z)", RegexOptions.Singleline)]
    private static partial Regex Placeholder();
}
