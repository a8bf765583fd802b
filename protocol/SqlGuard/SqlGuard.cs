using System.Text;

namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// Decides whether a SQL text is one statement that only reads a StarRocks cluster's metadata, state and history. The
/// centre asks first, for a quick answer; the agent asks again, and its verdict counts. Pure, linear in the text.
/// </summary>
public static class SqlGuard
{
    /// <summary>The longest text accepted, in bytes of UTF-8.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Checks one text.</summary>
    /// <param name="sql">The text as it would be sent.</param>
    /// <param name="policy">What the agent's owner allows besides the built-in lists; null for nothing.</param>
    public static SqlVerdict Check(string sql, GuardPolicy? policy = null)
    {
        if (sql.Length > MaxLength || Encoding.UTF8.GetByteCount(sql) > MaxLength)
            return SqlVerdict.Refuse(GuardRules.TooLong, Math.Min(sql.Length, MaxLength), $"Shorten the text to {MaxLength} bytes.");
        var tokens = SqlTokenizer.Tokenize(sql);
        var verdict = Check(sql, tokens, policy ?? GuardPolicy.Default);
        return verdict.Allowed && tokens.EscapedQuoteAt is { } at && HasOtherReading(sql, policy ?? GuardPolicy.Default)
            ? SqlVerdict.Refuse(GuardRules.AmbiguousString, at, "Double the quote inside the string instead of escaping it.")
            : verdict;
    }

    private static SqlVerdict Check(string sql, SqlTokens tokens, GuardPolicy policy)
    {
        if (tokens.Refusal is { } refusal)
            return refusal;
        if (!OneStatement(sql, tokens.Items, out var statement, out var secondAt))
            return SqlVerdict.Refuse(GuardRules.MultipleStatements, secondAt, "Send one statement at a time, with at most one ; after it.");
        if (statement.Count == 1)
            return SqlVerdict.Refuse(GuardRules.EmptyStatement, 0, "Write a statement.");
        var cursor = new TokenCursor(sql, statement);
        return new StatementParser(cursor, policy).Form() is { } form ? SqlVerdict.Allow(form)
            : cursor.Refusal ?? SqlVerdict.Refuse(GuardRules.Syntax, cursor.Current.Start, "Rewrite the statement in a simpler form.");
    }

    /// <summary>The tokens without a <c>;</c> that ends them; false when one stands elsewhere.</summary>
    private static bool OneStatement(string sql, IReadOnlyList<SqlToken> tokens, out IReadOnlyList<SqlToken> statement, out int secondAt)
    {
        statement = tokens;
        secondAt = 0;
        for (var i = 0; i < tokens.Count - 1; i++)
        {
            if (tokens[i].Kind != SqlTokenKind.Symbol || sql[tokens[i].Start] != ';')
                continue;
            statement = [.. tokens.Take(i), tokens[^1]];
            secondAt = tokens[i].Start;
            return i == tokens.Count - 2;
        }
        return true;
    }

    /// <summary>
    /// Whether a server that takes backslashes for plain characters would read a statement that is not allowed. A text
    /// that breaks off inside a string, or has a backslash outside of one, is no statement there.
    /// </summary>
    private static bool HasOtherReading(string sql, GuardPolicy policy)
    {
        var tokens = SqlTokenizer.Tokenize(sql, backslashEscapes: false);
        var isStatement = tokens.Refusal is not { } refusal
            || (refusal.Rule != GuardRules.UnterminatedString && !(refusal.Rule == GuardRules.BadCharacter && sql[refusal.At!.Value] == '\\'));
        return isStatement && !Check(sql, tokens, policy).Allowed;
    }
}
