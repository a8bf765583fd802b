namespace Outrider.Agent.Statements;

/// <summary>One statement of a text.</summary>
/// <param name="Index">Counts from 1.</param>
/// <param name="Text">As it was written, without the semicolon.</param>
/// <param name="Form">Its verb, and of what: <c>SELECT</c>, <c>DROP DATABASE</c>; what <c>deny</c> lists of the policy are compared with.</param>
/// <param name="Kind">What it needs to be allowed.</param>
/// <param name="Risk">How much it can spoil.</param>
/// <param name="Reason">Why it is of kind <see cref="StatementKind.Admin"/>, when that isn't plain from its form.</param>
internal sealed record SqlStatement(int Index, string Text, string Form, StatementKind Kind, StatementRisk Risk, string? Reason)
{
    /// <summary>Whether it sets a password, so that its strings are not to be shown.</summary>
    public bool HoldsSecret { get; init; }

    /// <summary>PostgreSQL: whether it can't run inside a transaction.</summary>
    public bool IsAlone { get; init; }
}
