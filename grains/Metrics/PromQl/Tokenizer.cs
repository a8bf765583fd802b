namespace Outrider.Grains.Metrics.PromQl;

/// <summary>Cuts a query into tokens.</summary>
internal sealed class Tokenizer
{
    private static readonly string[] s_symbols =
    [
        "==", "!=", "=~", "!~", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "^", "(", ")", "{", "}", "[", "]", ",", "@", ":",
    ];

    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private int _at;

    private Tokenizer(string text) => _text = text;

    /// <summary>The last one is <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="QueryException">There is something that begins no token.</exception>
    public static List<Token> Read(string text)
    {
        var tokenizer = new Tokenizer(text);
        while (tokenizer.SkipBlanks())
            tokenizer._tokens.Add(tokenizer.Next());
        tokenizer._tokens.Add(new Token(TokenKind.End, text.Length, ""));
        return tokenizer._tokens;
    }

    private bool SkipBlanks()
    {
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] == '#')
                _at = _text.IndexOf('\n', _at) is >= 0 and var end ? end : _text.Length - 1;
            else if (_text[_at] is not (' ' or '\t' or '\r' or '\n'))
                return true;
        }
        return false;
    }

    private Token Next()
    {
        var start = _at;
        var c = _text[_at];
        if (c is '"' or '\'' or '`')
            return new Token(TokenKind.String, start, QuotedText.Read(_text, ref _at));
        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1])))
            return Number();
        if (char.IsAsciiLetter(c) || c is '_' or ':')
            return new Token(TokenKind.Word, start, Run(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or ':'));
        foreach (var symbol in s_symbols)
        {
            if (_text.AsSpan(_at).StartsWith(symbol))
            {
                _at += symbol.Length;
                return new Token(TokenKind.Symbol, start, symbol);
            }
        }
        throw QueryException.Malformed("this character has no meaning here", start);
    }

    private Token Number()
    {
        var start = _at;
        var run = Run(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_');
        if (Durations.TryParse(run, out _))
            return new Token(TokenKind.Duration, start, run);
        // The sign of an exponent.
        if (run[^1] is 'e' or 'E' && !run.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && _at < _text.Length && _text[_at] is '+' or '-')
        {
            _at++;
            run = _text[start.._at] + Run(char.IsAsciiDigit);
        }
        return new Token(TokenKind.Number, start, run);
    }

    private string Run(Func<char, bool> belongs)
    {
        var start = _at;
        while (_at < _text.Length && belongs(_text[_at]))
            _at++;
        return _text[start.._at];
    }
}
