using System.Globalization;

namespace Outrider.MySql.Server;

/// <summary>KILL n, KILL CONNECTION n, KILL QUERY n. https://mariadb.com/kb/en/kill/</summary>
/// <param name="ConnectionId">Whom to kill.</param>
/// <param name="QueryOnly">Interrupt what it runs, and leave the connection.</param>
public readonly record struct KillStatement(uint ConnectionId, bool QueryOnly)
{
    /// <summary>Reads a statement; false when it is another one.</summary>
    public static bool TryParse(string sql, out KillStatement kill)
    {
        kill = default;
        var words = sql.TrimEnd(';', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (2 or 3) || !Is(words[0], "KILL")
            || !uint.TryParse(words[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return false;
        var queryOnly = words.Length == 3 && Is(words[1], "QUERY");
        if (words.Length == 3 && !queryOnly && !Is(words[1], "CONNECTION"))
            return false;
        kill = new(id, queryOnly);
        return true;
    }

    private static bool Is(string word, string keyword) => word.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
