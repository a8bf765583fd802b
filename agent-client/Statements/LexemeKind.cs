namespace Outrider.Agent.Statements;

/// <summary>What a lexeme is; comments and whitespace are none.</summary>
internal enum LexemeKind
{
    /// <summary>The text is over, or can't be read on.</summary>
    End,

    /// <summary>A keyword or a name without quotes.</summary>
    Word,

    /// <summary>A name in quotes.</summary>
    QuotedName,

    /// <summary>A string.</summary>
    Text,

    Number,

    Symbol,

    /// <summary>The semicolon between statements.</summary>
    Separator,

    /// <summary>A comment that servers execute: <c>/*! … */</c>, <c>/*M! … */</c>.</summary>
    ExecutableComment,
}
