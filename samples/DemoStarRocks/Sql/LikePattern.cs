namespace Outrider.Samples.DemoStarRocks.Sql;

/// <summary>LIKE: % is any text, _ any character, a backslash takes the next one literally.</summary>
public static class LikePattern
{
    /// <summary>Whether a text matches.</summary>
    public static bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern, bool ignoreCase)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern[0] == '%')
                return MatchesAnywhere(text, pattern[1..], ignoreCase);
            if (text.IsEmpty)
                return false;
            var isLiteral = pattern[0] == '\\' && pattern.Length > 1;
            if (isLiteral)
                pattern = pattern[1..];
            if (!(pattern[0] == '_' && !isLiteral) && !IsSame(text[0], pattern[0], ignoreCase))
                return false;
            text = text[1..];
            pattern = pattern[1..];
        }
        return text.IsEmpty;
    }

    private static bool MatchesAnywhere(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern, bool ignoreCase)
    {
        for (var start = 0; start <= text.Length; start++)
        {
            if (Matches(text[start..], pattern, ignoreCase))
                return true;
        }
        return false;
    }

    private static bool IsSame(char left, char right, bool ignoreCase) =>
        ignoreCase ? char.ToUpperInvariant(left) == char.ToUpperInvariant(right) : left == right;
}
