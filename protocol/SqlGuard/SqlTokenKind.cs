namespace Outrider.Protocol.SqlGuard;

/// <summary>The kinds of token that StarRocks' lexer yields outside comments and whitespace.</summary>
public enum SqlTokenKind
{
    /// <summary>A keyword or an unquoted identifier; identifiers may start with a digit.</summary>
    Word,

    /// <summary>A dot and an identifier that starts with a digit, lexed as one: <c>.2024q1</c>.</summary>
    DotWord,

    /// <summary><c>`…`</c>, with doubled back quotes inside.</summary>
    QuotedIdentifier,

    /// <summary><c>'…'</c> or <c>"…"</c>.</summary>
    Text,

    /// <summary><c>X'…'</c>.</summary>
    Binary,

    Integer,

    /// <summary>A number with a point or an exponent.</summary>
    Decimal,

    Symbol,

    /// <summary>The end of the text.</summary>
    End,
}
