namespace Outrider.Samples.DemoStarRocks.Sql;

/// <summary>A piece of a statement.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Without quotes and escapes.</param>
/// <param name="Start">Offset in the statement.</param>
/// <param name="End">Offset behind it.</param>
public readonly record struct Token(TokenKind Kind, string Value, int Start, int End)
{
    /// <summary>Whether this is the keyword or symbol, in any letter case.</summary>
    public bool Is(string value) =>
        Kind is TokenKind.Word or TokenKind.Symbol && Value.Equals(value, StringComparison.OrdinalIgnoreCase);
}
