using System.Text.Json.Serialization;
using Outrider.Grains.Tasks;

namespace Outrider.Api.Operations.Tasks;

/// <summary>An approval as callers see it. What is unknown is absent.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Rule">The rule of the tenant that asks for it.</param>
/// <param name="Until">Until when somebody may decide.</param>
/// <param name="By">Who has decided: a credential's id.</param>
/// <param name="At">When.</param>
/// <param name="Note">What they said.</param>
public sealed record ApprovalView(
    ApprovalState State,
    string Rule,
    DateTimeOffset Until,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? By,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note)
{
    internal static ApprovalView? Of(TaskApproval? approval) =>
        approval is null ? null : new(approval.State, approval.Rule, approval.Until, approval.By, approval.At, approval.Note);
}
