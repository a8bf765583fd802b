using System.Text;

namespace Outrider.Samples.DemoStarRocks.Sql;

/// <summary>Cuts a statement into tokens; comments, hints and a trailing semicolon fall away.</summary>
public static class Tokenizer
{
    private static readonly string[] s_symbols = ["<>", "!=", "<=", ">="];

    /// <summary>The tokens; null when a quote or comment isn't closed.</summary>
    public static List<Token>? Tokenize(string sql)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (at < sql.Length)
        {
            var length = SkippedLength(sql, at);
            if (length == 0)
            {
                if (Next(sql, at) is not { } token)
                    return null;
                tokens.Add(token);
                length = token.End - at;
            }
            if (length < 0)
                return null;
            at += length;
        }
        while (tokens.Count > 0 && tokens[^1].Is(";"))
            tokens.RemoveAt(tokens.Count - 1);
        return tokens;
    }

    /// <summary>One spelling for all statements that differ in spaces, comments and letter case only.</summary>
    public static string Normalize(IEnumerable<Token> tokens) => string.Join(' ', tokens.Select(token => token.Kind switch
    {
        TokenKind.Text => $"'{token.Value.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => token.Value.ToUpperInvariant(),
    }));

    /// <summary>Length of the white space or comment here; 0 when there is none, negative when it isn't closed.</summary>
    private static int SkippedLength(string sql, int at)
    {
        if (char.IsWhiteSpace(sql[at]))
            return 1;
        var rest = sql.AsSpan(at);
        if (rest.StartsWith("/*"))
            return rest[2..].IndexOf("*/") is >= 0 and var end ? end + 4 : -1;
        if (rest[0] != '#' && !rest.StartsWith("-- "))
            return 0;
        return rest.IndexOf('\n') is >= 0 and var line ? line + 1 : rest.Length;
    }

    private static Token? Next(string sql, int at) => sql[at] switch
    {
        '\'' or '"' => Quoted(sql, at, TokenKind.Text),
        '`' => Quoted(sql, at, TokenKind.Word),
        >= '0' and <= '9' => Run(sql, at, TokenKind.Number, c => char.IsAsciiLetterOrDigit(c) || c == '.'),
        var c when IsWordPart(c) => Run(sql, at, TokenKind.Word, IsWordPart),
        _ => Symbol(sql, at),
    };

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or '@';

    private static Token Run(string sql, int start, TokenKind kind, Func<char, bool> belongs)
    {
        var end = start;
        while (end < sql.Length && belongs(sql[end]))
            end++;
        return new(kind, sql[start..end], start, end);
    }

    private static Token Symbol(string sql, int start)
    {
        var symbol = s_symbols.FirstOrDefault(known => string.CompareOrdinal(sql, start, known, 0, known.Length) == 0) ?? sql[start].ToString();
        return new(TokenKind.Symbol, symbol, start, start + symbol.Length);
    }

    private static Token? Quoted(string sql, int start, TokenKind kind)
    {
        var quote = sql[start];
        var value = new StringBuilder();
        for (var at = start + 1; at < sql.Length; at++)
        {
            var isDoubled = sql[at] == quote && at + 1 < sql.Length && sql[at + 1] == quote;
            if (sql[at] == quote && !isDoubled)
                return new(kind, value.ToString(), start, at + 1);
            var isEscaped = sql[at] == '\\' && kind == TokenKind.Text && at + 1 < sql.Length;
            // LIKE reads these two escapes itself.
            if (isEscaped && sql[at + 1] is '%' or '_')
                value.Append('\\');
            if (isDoubled || isEscaped)
                at++;
            value.Append(sql[at]);
        }
        return null;
    }
}
