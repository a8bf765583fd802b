namespace Outrider.Protocol.SqlGuard;

/// <summary>A text cut into tokens.</summary>
/// <param name="Items">The tokens in order, closed by one of kind <see cref="SqlTokenKind.End"/>; empty after a refusal.</param>
/// <param name="Refusal">Why the text can't be cut without doubt, or null.</param>
/// <param name="EscapedQuoteAt">Start of the first string in which a backslash hides a quote, or null.</param>
public sealed record SqlTokens(IReadOnlyList<SqlToken> Items, SqlVerdict? Refusal, int? EscapedQuoteAt);
