namespace Outrider.Grains.Tasks;

/// <summary>The approval that a task or a fan-out needs of a second person.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Rule">The rule of the tenant that asks for it.</param>
/// <param name="Until">Until when somebody may decide.</param>
/// <param name="By">Who has decided: a credential's id.</param>
/// <param name="At">When.</param>
/// <param name="Note">What they said.</param>
public sealed record TaskApproval(
    ApprovalState State, string Rule, DateTimeOffset Until, string? By = null, DateTimeOffset? At = null, string? Note = null)
{
    /// <summary>How long somebody has to decide.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
}
