namespace Outrider.Agent.Statements;

/// <summary>A stretch of a text, in UTF-16 units.</summary>
internal readonly record struct Lexeme(LexemeKind Kind, int Start, int End);
