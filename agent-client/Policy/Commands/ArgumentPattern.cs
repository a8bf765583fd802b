namespace Outrider.Agent.Policy.Commands;

/// <summary>Patterns of a policy for one argument: <c>*</c> is any text, everything else stands for itself.</summary>
internal static class ArgumentPattern
{
    /// <summary>At the end of a rule: any number of further arguments.</summary>
    public const string Rest = "**";

    public static bool IsLiteral(string pattern) => !pattern.Contains('*', StringComparison.Ordinal);

    /// <summary>Whether the argument is what an allowing pattern means: one that begins with <c>-</c> only when the pattern does.</summary>
    public static bool Allows(string pattern, string argument) =>
        (!argument.StartsWith('-') || pattern.StartsWith('-')) && Matches(pattern, argument);

    /// <summary>Whether the pattern fits, in time at most the product of their lengths.</summary>
    public static bool Matches(string pattern, string argument)
    {
        int at = 0, p = 0, star = -1, resume = 0;
        while (at < argument.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
                (star, resume) = (p++, at);
            else if (p < pattern.Length && pattern[p] == argument[at])
                (p, at) = (p + 1, at + 1);
            else if (star >= 0)
                (p, at) = (star + 1, ++resume);
            else
                return false;
        }
        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }
}
