namespace Outrider.Protocol.SqlGuard;

/// <summary>An allowed statement besides queries.</summary>
/// <param name="Id">The stable id that a verdict gives as its form.</param>
/// <param name="Pattern">The form as a line in the notation of <see cref="FormPattern"/>.</param>
public sealed record StatementForm(string Id, string Pattern)
{
    internal FormPattern Compiled { get; } = new(Pattern);
}
