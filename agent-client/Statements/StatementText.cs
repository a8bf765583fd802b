using System.Text;

namespace Outrider.Agent.Statements;

/// <summary>Statements as they are shown.</summary>
internal static class StatementText
{
    /// <summary>Most UTF-16 units shown of a statement.</summary>
    public const int Shown = 1024;

    private const int MaxComment = 64;

    /// <summary>A statement for results: cut, and without its strings when it is about passwords.</summary>
    public static string Of(SqlStatement statement, SqlDialect dialect) => Clip(statement.HoldsSecret ? Mask(statement.Text, dialect) : statement.Text);

    /// <summary>The first units of a text, with … when that isn't all.</summary>
    public static string Clip(string text) => text.Length <= Shown ? text
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[Shown - 1]) ? Shown - 1 : Shown), "…");

    /// <summary>A comment of the form <c>/* name=value … */</c>, of letters, digits and <c>_.:@-</c> only; empty: there is nothing to say.</summary>
    public static string Comment(IEnumerable<(string Name, string? Value)> facts)
    {
        var parts = facts.Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => $"{fact.Name}={Clean(fact.Value!)}").ToList();
        return parts.Count == 0 ? "" : $"/* {string.Join(' ', parts)} */ ";
    }

    private static string Clean(string value) => string.Create(Math.Min(value.Length, MaxComment), value, static (to, from) =>
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = char.IsAsciiLetterOrDigit(from[i]) || from[i] is '.' or ':' or '@' or '-' ? from[i] : '_';
    });

    private static string Mask(string text, SqlDialect dialect)
    {
        var shown = new StringBuilder();
        var lexer = new SqlLexer(text, dialect);
        var copied = 0;
        for (var lexeme = lexer.Next(); lexeme.Kind != LexemeKind.End; lexeme = lexer.Next())
        {
            if (lexeme.Kind != LexemeKind.Text)
                continue;
            shown.Append(text, copied, lexeme.Start - copied).Append("'***'");
            copied = lexeme.End;
        }
        return shown.Append(text, copied, text.Length - copied).ToString();
    }
}
