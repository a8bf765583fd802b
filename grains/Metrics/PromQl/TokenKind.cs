namespace Outrider.Grains.Metrics.PromQl;

internal enum TokenKind
{
    /// <summary>A name or a keyword: which of them, its place says.</summary>
    Word,
    Number,
    Duration,
    String,
    Symbol,
    End,
}
