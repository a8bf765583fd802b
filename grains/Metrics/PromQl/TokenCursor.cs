namespace Outrider.Grains.Metrics.PromQl;

/// <summary>A place among tokens.</summary>
internal sealed class TokenCursor(List<Token> tokens)
{
    private int _at;

    public Token Current => tokens[_at];

    /// <summary>The one after; the last one has none but itself.</summary>
    public Token Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    /// <summary>Returns the current one and moves on.</summary>
    public Token Take()
    {
        var token = Current;
        if (token.Kind != TokenKind.End)
            _at++;
        return token;
    }

    /// <summary>Moves on if this symbol is here.</summary>
    public bool Accept(string symbol)
    {
        if (!Current.Is(symbol))
            return false;
        _at++;
        return true;
    }

    public bool AcceptWord(string word)
    {
        if (!Current.IsWord(word))
            return false;
        _at++;
        return true;
    }

    public void Expect(string symbol)
    {
        if (!Accept(symbol))
            throw Unexpected($"'{symbol}'");
    }

    public Token Expect(TokenKind kind, string what) => Current.Kind == kind ? Take() : throw Unexpected(what);

    public QueryException Unexpected(string wanted) =>
        QueryException.Malformed($"{wanted} belongs here, not {Current.Shown()}", Current.At);
}
