using Outrider.MySql.Server;
using Outrider.Samples.DemoStarRocks.Sql;

namespace Outrider.Samples.DemoStarRocks;

/// <summary>Errors in the words of a StarRocks front end.</summary>
public static class StarRocksErrors
{
    private static readonly string[] s_verbs = ["ADMIN", "DESC", "DESCRIBE", "EXPLAIN", "HELP", "KILL", "SELECT", "SET", "SHOW", "USE", "WITH"];

    /// <summary>A statement that can't be read from its <paramref name="unexpected"/> token on; null for its end.</summary>
    public static QueryReply Syntax(string sql, Token? unexpected)
    {
        var at = unexpected?.Start ?? sql.Length;
        var line = sql.AsSpan(0, at).Count('\n') + 1;
        var column = at - (sql.LastIndexOf('\n', Math.Max(at - 1, 0)) + 1);
        var input = unexpected is { } token ? sql[token.Start..token.End] : "<EOF>";
        return QueryReply.Failed(1064, "42000",
            $"Getting syntax error at line {line}, column {column}. Detail message: Unexpected input '{input}', "
            + $"the most similar input is {{{string.Join(", ", s_verbs.Select(verb => $"'{verb}'"))}}}.");
    }

    /// <summary>A statement without an answer: its first word that says nothing to the demo is to blame.</summary>
    public static QueryReply Unanswered(string sql, IReadOnlyList<Token> tokens)
    {
        var at = tokens.Count > 0 && s_verbs.Any(tokens[0].Is) ? 1 : 0;
        return Syntax(sql, at < tokens.Count ? tokens[at] : null);
    }

    /// <summary>A table that isn't there.</summary>
    public static QueryReply UnknownTable(string table) =>
        QueryReply.Failed(5502, "42S02", $"Getting analyzing error. Detail message: Unknown table '{table}'.");

    /// <summary>A column that isn't there.</summary>
    public static QueryReply UnknownColumn(Token column) => QueryReply.Failed(1064, "HY000",
        $"Getting analyzing error at line 1, column {column.Start}. Detail message: Column '{column.Value}' cannot be resolved.");

    /// <summary>A function that isn't there.</summary>
    public static QueryReply UnknownFunction(Token function) => QueryReply.Failed(1064, "HY000",
        $"Getting analyzing error at line 1, column {function.Start}. "
        + $"Detail message: No matching function with signature: {function.Value.ToLowerInvariant()}().");
}
