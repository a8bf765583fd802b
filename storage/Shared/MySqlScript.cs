namespace Outrider.Storage.Shared;

/// <summary>
/// Cuts a script as the mysql program does: at each delimiter outside quotes and comments, where a line <c>DELIMITER $$</c> chooses
/// another one. https://dev.mysql.com/doc/refman/8.4/en/mysql-commands.html
/// </summary>
public static class MySqlScript
{
    private const string Command = "DELIMITER";

    /// <summary>The statements without their delimiters, comments included; none is blank or a comment only.</summary>
    /// <remarks>A line DELIMITER ends the statement before it, also where a script forgot the delimiter.</remarks>
    /// <exception cref="FormatException">A line DELIMITER has none.</exception>
    public static IReadOnlyList<string> Split(string script)
    {
        var statements = new List<string>();
        var (delimiter, start, at, hasCode) = (";", 0, 0, false);
        while (at < script.Length)
        {
            if (IsCommand(script, at))
            {
                Add(start, at);
                var end = EndOfLine(script, at);
                delimiter = script[(at + Command.Length)..end].Trim();
                if (delimiter.Length == 0)
                    throw new FormatException("DELIMITER without one: write it on the same line, such as DELIMITER $$.");
                start = at = end;
            }
            else if (string.CompareOrdinal(script, at, delimiter, 0, delimiter.Length) == 0)
            {
                Add(start, at);
                start = at += delimiter.Length;
            }
            else if (SkipComment(script, at) is var after && after > at)
            {
                at = after;
            }
            else
            {
                hasCode |= !char.IsWhiteSpace(script[at]);
                at = SkipToken(script, at);
            }
        }
        Add(start, script.Length);
        return statements;

        void Add(int from, int to)
        {
            if (hasCode)
                statements.Add(script[from..to].Trim());
            hasCode = false;
        }
    }

    private static bool IsCommand(string script, int at) =>
        string.Compare(script, at, Command, 0, Command.Length, StringComparison.OrdinalIgnoreCase) == 0
        && at + Command.Length < script.Length && char.IsWhiteSpace(script[at + Command.Length])
        && script.AsSpan(0, at)[(script.AsSpan(0, at).LastIndexOf('\n') + 1)..].IsWhiteSpace();

    /// <summary>After the comment that begins here, or here if none does. <c>/*! … */</c> holds code for the server.</summary>
    private static int SkipComment(string script, int at)
    {
        var rest = script.AsSpan(at);
        if (rest[0] == '#' || (rest is ['-', '-', ..] && (rest.Length == 2 || char.IsWhiteSpace(rest[2]))))
            return EndOfLine(script, at);
        if (rest is not ['/', '*', ..] || rest is ['/', '*', '!', ..])
            return at;
        var length = rest.IndexOf("*/");
        return length < 0 ? script.Length : at + length + 2;
    }

    /// <summary>After the quoted text, the code comment or the single character that begins here.</summary>
    private static int SkipToken(string script, int at)
    {
        var quote = script[at];
        if (quote is not ('\'' or '"' or '`'))
            return at + 1;
        for (var i = at + 1; i < script.Length; i++)
        {
            // A doubled quote ends one text and begins the next at once, which comes to the same.
            if (script[i] == quote)
                return i + 1;
            if (script[i] == '\\' && quote != '`')
                i++;
        }
        return script.Length;
    }

    private static int EndOfLine(string script, int at)
    {
        var end = script.IndexOf('\n', at);
        return end < 0 ? script.Length : end + 1;
    }
}
