using System.Globalization;

namespace Outrider.Protocol.SqlGuard;

/// <summary>
/// Cuts a text into tokens as StarRocks' lexer does (StarRocksLex.g4): longest match, <c>--</c> is a comment without a
/// following space, <c>#</c> is none, U+3000 is whitespace only after whitespace. What a server could read in two ways
/// is refused. Linear time, no allocation but the list.
/// </summary>
public sealed class SqlTokenizer
{
    public const int MaxTokens = 20_000;

    private const char IdeographicSpace = '\u3000';

    private readonly string _sql;
    private readonly bool _backslashEscapes;
    private readonly List<SqlToken> _tokens = [];
    private SqlVerdict? _refusal;
    private int? _escapedQuoteAt;
    private int _position;

    private SqlTokenizer(string sql, bool backslashEscapes)
    {
        _sql = sql;
        _backslashEscapes = backslashEscapes;
    }

    /// <summary>Tokenises <paramref name="sql"/>, which the caller has capped in length.</summary>
    /// <param name="sql">The text.</param>
    /// <param name="backslashEscapes">False for the reading of a server in which a backslash is a plain character.</param>
    public static SqlTokens Tokenize(string sql, bool backslashEscapes = true) => new SqlTokenizer(sql, backslashEscapes).Run();

    private char Current => Peek(0);

    private char Peek(int offset) => _position + offset < _sql.Length ? _sql[_position + offset] : '\0';

    private SqlTokens Run()
    {
        if (CheckUnicode())
        {
            while (_position < _sql.Length && Next())
            {
                if (_tokens.Count > MaxTokens)
                    Refuse(GuardRules.TooManyTokens, _position, $"The statement has more than {MaxTokens} tokens; split it into smaller ones.");
            }
        }
        if (_refusal is not null)
            return new([], _refusal, null);
        _tokens.Add(new(SqlTokenKind.End, _sql.Length, 0));
        return new(_tokens, null, _escapedQuoteAt);
    }

    private bool CheckUnicode()
    {
        for (var i = 0; i < _sql.Length; i++)
        {
            if (char.IsHighSurrogate(_sql[i]) && i + 1 < _sql.Length && char.IsLowSurrogate(_sql[i + 1]))
                i++;
            else if (_sql[i] == '\0' || char.IsSurrogate(_sql[i]))
                return Refuse(GuardRules.BadCharacter, i, "Remove the NUL or the lone surrogate: it has no place in UTF-8 text.");
        }
        return true;
    }

    private bool Next() => Current switch
    {
        ' ' or '\t' or '\r' or '\n' => Whitespace(),
        '-' when Peek(1) == '-' => LineComment(),
        '/' when Peek(1) == '*' => BlockComment(),
        '\'' or '"' => Text(),
        '`' => QuotedIdentifier(),
        'x' or 'X' when Peek(1) is '\'' or '"' => Binary(),
        '.' when char.IsAsciiDigit(Peek(1)) => Number(_position + 1),
        var c when char.IsAsciiDigit(c) => Number(_position),
        var c when IsWordCharacter(c) => Word(_position, SqlTokenKind.Word),
        _ => Symbol(),
    };

    private bool Whitespace()
    {
        while (Current is ' ' or '\t' or '\r' or '\n' or IdeographicSpace)
            _position++;
        return true;
    }

    private bool LineComment()
    {
        while (_position < _sql.Length && Current is not ('\r' or '\n'))
            _position++;
        if (Current == '\r' && Peek(1) != '\n')
            return Refuse(GuardRules.AmbiguousComment, _position, "End the -- comment with a line feed, not with a lone carriage return.");
        // The line end belongs to the comment: U+3000 after it is a letter to the server.
        _position += Current == '\r' ? 2 : Current == '\n' ? 1 : 0;
        return true;
    }

    private bool BlockComment()
    {
        switch (Peek(2))
        {
            case '+':
                return Refuse(GuardRules.HintNotAllowed, _position, "Remove the /*+ hint: the agent sets time and memory limits itself.");
            case '!':
                return Refuse(GuardRules.VersionedComment, _position, "Remove the /*! comment: some servers execute it.");
        }
        var end = _sql.IndexOf("*/", _position + 2, StringComparison.Ordinal);
        if (end < 0)
            return Refuse(GuardRules.UnterminatedComment, _position, "Close the comment with */.");
        _position = end + 2;
        return true;
    }

    private bool Text()
    {
        var start = _position;
        var quote = Current;
        for (_position++; _position < _sql.Length; _position++)
        {
            if (Current == '\\' && _backslashEscapes)
            {
                if (Peek(1) == quote)
                    _escapedQuoteAt ??= start;
                _position++;
            }
            else if (Current == quote && Peek(1) == quote)
            {
                _position++;
            }
            else if (Current == quote)
            {
                _position++;
                return Add(SqlTokenKind.Text, start);
            }
        }
        return Refuse(GuardRules.UnterminatedString, start, "Close the string with its quote.");
    }

    private bool QuotedIdentifier()
    {
        var start = _position;
        var end = start + 1;
        while (At(end) == '`' ? At(end + 1) == '`' : end < _sql.Length)
            end += At(end) == '`' ? 2 : 1;
        if (end >= _sql.Length)
            return Refuse(GuardRules.UnterminatedIdentifier, start, "Close the identifier with a back quote.");
        _position = end + 1;
        return Add(SqlTokenKind.QuotedIdentifier, start);
    }

    private bool Binary()
    {
        var start = _position;
        var quote = Peek(1);
        _position += 2;
        while (char.IsAsciiHexDigit(Current))
            _position++;
        if (Current != quote)
            return Refuse(GuardRules.UnterminatedString, start, "Write the binary literal as X'hexadecimal digits'.");
        _position++;
        return Add(SqlTokenKind.Binary, start);
    }

    /// <summary>A number, or an identifier that starts with a digit: whichever is longer, and the number when they tie.</summary>
    private bool Number(int firstDigit)
    {
        var start = _position;
        var digits = SkipDigits(firstDigit);
        var number = firstDigit == start && At(digits) == '.' ? SkipDigits(digits + 1) : digits;
        number = SkipExponent(number);
        var word = firstDigit;
        while (IsWordCharacter(At(word)))
            word++;
        if (word > number)
            return Word(start, firstDigit == start ? SqlTokenKind.Word : SqlTokenKind.DotWord);
        _position = number;
        return Add(number == digits && firstDigit == start ? SqlTokenKind.Integer : SqlTokenKind.Decimal, start);
    }

    private char At(int index) => index < _sql.Length ? _sql[index] : '\0';

    private int SkipDigits(int index)
    {
        while (char.IsAsciiDigit(At(index)))
            index++;
        return index;
    }

    private int SkipExponent(int index)
    {
        if (At(index) is not ('e' or 'E'))
            return index;
        var digits = index + (At(index + 1) is '+' or '-' ? 2 : 1);
        var end = SkipDigits(digits);
        return end > digits ? end : index;
    }

    private bool Word(int start, SqlTokenKind kind)
    {
        for (_position += kind == SqlTokenKind.DotWord ? 1 : 0; IsWordCharacter(Current); _position++)
        {
            if (Current == '$' && Peek(1) == '$')
                return Refuse(GuardRules.DollarQuote, _position, "Remove $$: inline function bodies are not allowed.");
            if (Current is '\u0131' or '\u0130' or '\u017f' or '\u212a')
                return Refuse(GuardRules.AmbiguousCharacter, _position, "Replace the letter, which a server may fold into ASCII, or quote the name.");
        }
        return Add(kind, start);
    }

    /// <summary>
    /// The server takes every character from U+0080 to U+FFFF for a letter. Those that aren't letters to a reader
    /// fall through to <see cref="Symbol"/>, which refuses them.
    /// </summary>
    private static bool IsWordCharacter(char c) => c < '\u0080'
        ? char.IsAsciiLetterOrDigit(c) || c is '_' or '$'
        : char.GetUnicodeCategory(c) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber;

    private bool Symbol()
    {
        var rest = _sql.AsSpan(_position);
        foreach (var symbol in (ReadOnlySpan<string>)["<=>", "<=", ">=", "<>", "!=", "->", "=>", "||", "&&"])
        {
            if (rest.StartsWith(symbol, StringComparison.Ordinal))
            {
                _position += symbol.Length;
                return Add(SqlTokenKind.Symbol, _position - symbol.Length);
            }
        }
        if (Current is '?')
            return Refuse(GuardRules.ParameterMarker, _position, "Put a literal in the place of the ? marker.");
        if (Current is IdeographicSpace)
            return Refuse(GuardRules.AmbiguousWhitespace, _position, "Replace the ideographic space (U+3000) by an ordinary one.");
        if (Current is '#')
            return Refuse(GuardRules.BadCharacter, _position, "Start a comment with -- or /*: # is no comment in StarRocks.");
        if (!"()[]{}<>=+-*/%&|^~!,.;:@".Contains(Current, StringComparison.Ordinal))
            return Refuse(GuardRules.BadCharacter, _position, $"Remove or quote the character U+{(int)Current:X4}.");
        _position++;
        return Add(SqlTokenKind.Symbol, _position - 1);
    }

    private bool Add(SqlTokenKind kind, int start)
    {
        _tokens.Add(new(kind, start, _position - start));
        return true;
    }

    private bool Refuse(string rule, int at, string message)
    {
        _refusal = SqlVerdict.Refuse(rule, at, message);
        _position = _sql.Length;
        return false;
    }
}
