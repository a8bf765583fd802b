namespace Outrider.Protocol.Credentials;

/// <summary>Which names tenants and agents may have, and the patterns that match them.</summary>
public static class Names
{
    public const string Rule = "1 to 63 letters, digits, '-' or '_' (agents also '.'), beginning with a letter or digit";

    public static bool IsTenant(string? name) => IsName(name, dotAllowed: false);

    public static bool IsAgent(string? name) => IsName(name, dotAllowed: true);

    /// <summary>Whether <paramref name="name"/> matches a pattern in which '*' stands for any run of characters, also none.</summary>
    public static bool Matches(string pattern, string name)
    {
        int p = 0, n = 0, star = -1, mark = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = n;
            }
            else if (p < pattern.Length && pattern[p] == name[n])
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++mark;
            }
            else
            {
                return false;
            }
        }
        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }

    private static bool IsName(string? name, bool dotAllowed)
    {
        if (name is not { Length: > 0 and <= 63 } || !char.IsAsciiLetterOrDigit(name[0]))
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_') && !(dotAllowed && c == '.'))
                return false;
        }
        return true;
    }
}
