using System.Text.RegularExpressions;

namespace Outrider.Grains.Notifications.Messages;

/// <summary>A channel's own text, with placeholders such as <c>{{agent}}</c>.</summary>
internal static partial class MessageTemplate
{
    public const int MaxLength = 4_000;

    /// <summary>What is wrong with a template; null: nothing.</summary>
    public static string? Fault(string template)
    {
        if (template.Length > MaxLength)
            return $"may have {MaxLength} characters; it has {template.Length}";
        var unknown = Placeholder().Matches(template).FirstOrDefault(match => !MessageFacts.Names.Contains(match.Groups[1].Value));
        return unknown is null
            ? null
            : $"names {unknown.Value[..Math.Min(unknown.Value.Length, 60)]}, which is no placeholder; there are "
                + string.Join(", ", MessageFacts.Names.Select(name => $"{{{{{name}}}}}"));
    }

    public static string Fill(string template, MessageFacts facts) =>
        Placeholder().Replace(template, match => facts.Find(match.Groups[1].Value));

    [GeneratedRegex(@"\{\{\s*(.*?)\s*\}\}")]
    private static partial Regex Placeholder();
}
