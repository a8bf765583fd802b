namespace Outrider.Samples.DemoStarRocks.Sql;

/// <summary>Kind of a <see cref="Token"/>.</summary>
public enum TokenKind
{
    /// <summary>Keyword or name, perhaps in back quotes.</summary>
    Word,

    /// <summary>Text in single or double quotes.</summary>
    Text,

    /// <summary>Number without sign.</summary>
    Number,

    /// <summary>Operator or punctuation.</summary>
    Symbol,
}
