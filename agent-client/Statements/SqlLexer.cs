using System.Globalization;

namespace Outrider.Agent.Statements;

/// <summary>
/// Cuts a text into lexemes as a dialect's server does. Where versions of a server differ, or a session's setting would change the reading,
/// the text is refused, or the session is set to what is assumed here. Linear time, no allocation.
/// </summary>
internal sealed class SqlLexer(string sql, SqlDialect dialect)
{
    private int _position;

    /// <summary>What can't be read, as a sentence without its full stop; null: nothing so far.</summary>
    public string? Fault { get; private set; }

    private bool IsMySql => dialect is SqlDialect.MySql or SqlDialect.Doris;

    private bool IsPostgres => dialect == SqlDialect.Postgres;

    private char Current => At(_position);

    /// <summary>The next lexeme; <see cref="LexemeKind.End"/> at the end and from a fault on.</summary>
    public Lexeme Next()
    {
        while (Fault is null && _position < sql.Length)
        {
            var start = _position;
            if (Read() is { } kind && Fault is null)
                return new Lexeme(kind, start, _position);
        }
        return new Lexeme(LexemeKind.End, sql.Length, sql.Length);
    }

    /// <summary>Reads one lexeme, comment or stretch of whitespace; null: it is none that counts.</summary>
    private LexemeKind? Read()
    {
        switch (Current)
        {
            case ' ' or '\t' or '\n' or '\r' or '\f' or '\v' or '\uFEFF' when Current != '\uFEFF' || _position == 0:
                _position++;
                return null;
            case '-' when At(_position + 1) == '-' && StartsDashComment():
            case '#' when dialect == SqlDialect.MySql:
                SkipLine();
                return null;
            case '/' when At(_position + 1) == '*':
                return Comment();
            case '\'':
                return Quoted(LexemeKind.Text, hasEscapes: !IsPostgres);
            case '"':
                return Quoted(IsMySql ? LexemeKind.Text : LexemeKind.QuotedName, hasEscapes: !IsPostgres);
            case '`' when !IsPostgres:
                return Quoted(LexemeKind.QuotedName, hasEscapes: dialect == SqlDialect.ClickHouse);
            case '$' when !IsMySql:
                return Dollar();
            case ';':
                _position++;
                return LexemeKind.Separator;
            case >= '0' and <= '9':
                return Number();
            default:
                return IsWordStart(Current) ? Word() : Symbol();
        }
    }

    /// <summary>To MySQL, two dashes open a comment only before a blank; to the others always.</summary>
    private bool StartsDashComment() =>
        dialect != SqlDialect.MySql || _position + 2 >= sql.Length || At(_position + 2) is <= ' ' or '\u007f';

    private void SkipLine()
    {
        while (_position < sql.Length && Current != '\n')
        {
            // PostgreSQL ends the comment at a lone carriage return, the others read on.
            if (Current == '\r' && At(_position + 1) != '\n' && _position + 1 < sql.Length)
            {
                Refuse("a comment has a lone carriage return, at which some servers end it", _position);
                return;
            }
            _position++;
        }
    }

    private LexemeKind? Comment()
    {
        var start = _position;
        var isExecutable = IsMySql && (At(start + 2) == '!' || (At(start + 2) is 'M' or 'm' && At(start + 3) == '!'));
        var depth = 1;
        for (_position += 2; _position < sql.Length; _position++)
        {
            if (Current == '*' && At(_position + 1) == '/')
            {
                _position += 2;
                if (--depth == 0)
                    return isExecutable ? LexemeKind.ExecutableComment : null;
                _position--;
            }
            else if (Current == '/' && At(_position + 1) == '*')
            {
                if (IsPostgres)
                    depth++;
                else if (isExecutable)
                    return Refuse("a comment stands inside a comment that servers execute", _position);
                _position += IsPostgres ? 1 : 0;
            }
        }
        return Refuse("a comment isn't closed with */", start);
    }

    private LexemeKind? Quoted(LexemeKind kind, bool hasEscapes)
    {
        var start = _position;
        var quote = Current;
        for (_position++; _position < sql.Length; _position++)
        {
            if (Current == '\\' && hasEscapes)
            {
                if (kind == LexemeKind.QuotedName)
                    return Refuse("a quoted name has a backslash, which could hide another name", _position);
                _position++;
            }
            else if (Current == quote && At(_position + 1) == quote)
            {
                _position++;
            }
            else if (Current == quote)
            {
                _position++;
                return kind;
            }
        }
        return Refuse(kind == LexemeKind.Text ? "a string isn't closed with its quote" : "a quoted name isn't closed", start);
    }

    /// <summary><c>$tag$ … $tag$</c>, or a parameter.</summary>
    private LexemeKind? Dollar()
    {
        var start = _position;
        var end = start + 1;
        while (IsWordStart(At(end)) || (end > start + 1 && char.IsAsciiDigit(At(end))))
            end++;
        if (At(end) != '$')
            return Symbol();
        var tag = sql.AsSpan(start, end + 1 - start);
        var close = sql.AsSpan(end + 1).IndexOf(tag);
        if (close < 0)
            return Refuse($"a string isn't closed with {tag}", start);
        _position = end + 1 + close + tag.Length;
        return LexemeKind.Text;
    }

    /// <summary>Digits and an exponent, and no letter after them: whatever a server would make of <c>1e5INTO</c>, the word is seen.</summary>
    private LexemeKind? Number()
    {
        SkipDigits();
        if (Current is 'e' or 'E')
        {
            var exponent = _position + (At(_position + 1) is '+' or '-' ? 2 : 1);
            if (char.IsAsciiDigit(At(exponent)))
            {
                _position = exponent;
                SkipDigits();
            }
        }
        return LexemeKind.Number;
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Current))
            _position++;
    }

    private LexemeKind? Word()
    {
        var start = _position;
        while (IsWordStart(Current) || char.IsAsciiDigit(Current) || Current == '$')
            _position++;
        if (!IsPostgres || _position - start != 1)
            return LexemeKind.Word;
        if (sql[start] is 'e' or 'E' && Current == '\'')
            return EscapeString();
        return sql[start] is 'u' or 'U' && Current == '&' && At(_position + 1) is '"' or '\''
            ? Refuse("U& names and strings aren't taken: write the characters themselves", start)
            : LexemeKind.Word;
    }

    private LexemeKind? EscapeString()
    {
        if (Quoted(LexemeKind.Text, hasEscapes: true) is not { } kind)
            return null;
        // The server would read a string that follows on another line as the same one, backslashes and all.
        var next = _position;
        while (char.IsWhiteSpace(At(next)))
            next++;
        return At(next) == '\'' || (next > _position && At(next) == '-' && At(next + 1) == '-')
            ? Refuse("a string follows an E'…' string, and may be read as a part of it", next)
            : kind;
    }

    private LexemeKind? Symbol()
    {
        if (Current is < ' ' or '\\' or '`' or > '~' || (Current == '#' && !IsPostgres))
            return Refuse($"the character U+{(int)Current:X4} has no meaning there; put names and strings into quotes", _position);
        _position++;
        return LexemeKind.Symbol;
    }

    /// <summary>What isn't a letter to everybody, such as a curly quote that ClickHouse takes for one, is none here.</summary>
    private static bool IsWordStart(char c) => c < '\u0080'
        ? char.IsAsciiLetter(c) || c == '_'
        : char.IsLetter(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private char At(int index) => index < sql.Length ? sql[index] : '\0';

    private LexemeKind? Refuse(string fault, int at)
    {
        var line = sql.AsSpan(0, Math.Min(at, sql.Length)).Count('\n') + 1;
        Fault = $"line {line}: {fault}";
        return null;
    }
}
