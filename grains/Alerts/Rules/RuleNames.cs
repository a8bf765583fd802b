namespace Outrider.Grains.Alerts.Rules;

/// <summary>Which names rules, the channels they name, and secrets may have.</summary>
public static class RuleNames
{
    public const string Rule = "1 to 64 letters, digits, '-', '_' or '.', beginning with a letter or digit";

    public static bool IsId(string? text) =>
        text is { Length: > 0 and <= RuleLimits.Id } && char.IsAsciiLetterOrDigit(text[0]) && text.All(IsIdCharacter);

    /// <summary>A pattern of agents' names or rules' ids: their characters and <c>*</c>.</summary>
    public static bool IsPattern(string? text) =>
        text is { Length: > 0 and <= RuleLimits.Id } && text.All(c => c == '*' || IsIdCharacter(c));

    /// <summary>An id made of a name: <c>CPU of host (high)</c> is <c>cpu-of-host-high</c>; null: nothing of the name can be in one.</summary>
    public static string? IdOf(string name)
    {
        var id = new System.Text.StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '.')
                id.Append(char.ToLowerInvariant(c));
            else if (id.Length > 0 && id[^1] != '-')
                id.Append('-');
        }
        var text = id.ToString().Trim('-', '_', '.');
        text = text[..Math.Min(text.Length, RuleLimits.Id)].TrimEnd('-', '_', '.');
        return text.Length == 0 ? null : text;
    }

    private static bool IsIdCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
