using System.Text;

namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// A place in the tokens of one statement. The parsers move it forward only; a method that returns false has either
/// left it in place or recorded a refusal, and the first refusal wins.
/// </summary>
internal sealed class TokenCursor(string sql, IReadOnlyList<SqlToken> tokens)
{
    public const int MaxDepth = 200;

    private int _next;
    private int _depth;

    public SqlVerdict? Refusal { get; private set; }

    public SqlToken Current => tokens[_next];

    public bool AtEnd => Current.Kind == SqlTokenKind.End;

    public int Index => _next;

    public SqlToken Following(int offset) => tokens[Math.Clamp(_next + offset, 0, tokens.Count - 1)];

    public void Rewind(int index) => _next = index;

    public void Advance()
    {
        if (!AtEnd)
            _next++;
    }

    /// <summary>Whether the token at <paramref name="offset"/> is this unquoted word, ASCII letters compared without case.</summary>
    public bool At(string word, int offset = 0) => IsWord(Following(offset), word);

    public bool AtSymbol(string symbol, int offset = 0)
    {
        var token = Following(offset);
        return token.Kind == SqlTokenKind.Symbol && Span(token).SequenceEqual(symbol);
    }

    public bool AtAny(ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (At(word))
                return true;
        }
        return false;
    }

    public bool Accept(string word)
    {
        if (!At(word))
            return false;
        Advance();
        return true;
    }

    public bool AcceptAny(ReadOnlySpan<string> words)
    {
        if (!AtAny(words))
            return false;
        Advance();
        return true;
    }

    public bool AcceptSymbol(string symbol)
    {
        if (!AtSymbol(symbol))
            return false;
        Advance();
        return true;
    }

    public bool Accept(SqlTokenKind kind)
    {
        if (Current.Kind != kind)
            return false;
        Advance();
        return true;
    }

    public bool Expect(string word) => Accept(word) || Unexpected(word);

    public bool ExpectSymbol(string symbol) => AcceptSymbol(symbol) || Unexpected($"'{symbol}'");

    public bool Expect(SqlTokenKind kind, string what) => Accept(kind) || Unexpected(what);

    /// <summary>Whether the current token can name something: quoted, or no reserved word.</summary>
    public bool AtIdentifier(int offset = 0)
    {
        var token = Following(offset);
        return token.Kind == SqlTokenKind.QuotedIdentifier
            || (token.Kind == SqlTokenKind.Word && !SqlKeywords.IsReserved(Span(token)));
    }

    public bool ExpectIdentifier(string what)
    {
        if (!AtIdentifier())
            return Unexpected(what);
        Advance();
        return true;
    }

    /// <summary>One or more of <paramref name="item"/>, separated by commas.</summary>
    public bool List(Func<bool> item)
    {
        do
        {
            if (!item())
                return false;
        }
        while (AcceptSymbol(","));
        return true;
    }

    public bool Parenthesised(Func<bool> content) => ExpectSymbol("(") && content() && ExpectSymbol(")");

    /// <summary>
    /// Reads a dotted name into its parts, unquoted. False with nothing consumed when no identifier stands here.
    /// </summary>
    public bool AcceptName(out List<string> parts)
    {
        parts = [];
        if (!AtIdentifier())
            return false;
        parts.Add(Take());
        while (true)
        {
            if (Current.Kind == SqlTokenKind.DotWord)
                parts.Add(Take());
            else if (AtSymbol(".") && AtIdentifier(1))
                parts.Add(TakeAfterDot());
            else
                return true;
        }
    }

    public ReadOnlySpan<char> Span(SqlToken token) => sql.AsSpan(token.Start, token.Length);

    /// <summary>The value of a name or string token: without quotes, doubled quotes halved, escapes left as written.</summary>
    public string Value(SqlToken token)
    {
        var text = Span(token);
        return token.Kind switch
        {
            SqlTokenKind.QuotedIdentifier => text[1..^1].ToString().Replace("``", "`", StringComparison.Ordinal),
            SqlTokenKind.Text => text[1..^1].ToString(),
            SqlTokenKind.DotWord => text[1..].ToString(),
            _ => text.ToString(),
        };
    }

    /// <summary>Goes one level of nesting deeper; <see cref="Leave"/> undoes it.</summary>
    public bool Enter() => ++_depth <= MaxDepth
        || Refuse(GuardRules.TooDeep, $"The statement nests deeper than {MaxDepth} levels; flatten it.");

    public bool Leave()
    {
        _depth--;
        return true;
    }

    public bool Refuse(string rule, string message) => Refuse(rule, Current, message);

    public bool Refuse(string rule, SqlToken at, string message)
    {
        Refusal ??= SqlVerdict.Refuse(rule, at.Start, message);
        return false;
    }

    public bool Unexpected(string expected) => At("INTO")
        ? Refuse(GuardRules.IntoNotAllowed, "Remove the INTO clause: a query may not write files or variables.")
        : Refuse(GuardRules.Syntax, $"Expected {expected}, found {Describe(Current)}.");

    public string Describe(SqlToken token) => token.Kind switch
    {
        SqlTokenKind.End => "the end of the text",
        _ => token.Length <= 40 ? $"'{Span(token)}'" : $"'{Span(token)[..40]}…'",
    };

    private bool IsWord(SqlToken token, string word) =>
        token.Kind == SqlTokenKind.Word && token.Length == word.Length && Ascii.EqualsIgnoreCase(Span(token), word);

    private string Take()
    {
        var value = Value(Current);
        Advance();
        return value;
    }

    private string TakeAfterDot()
    {
        Advance();
        return Take();
    }
}
