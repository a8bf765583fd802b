using Outrider.Grains.Tasks;

namespace Outrider.Api.Operations.Tasks;

/// <summary>What a tenant asks of tasks, as callers write it.</summary>
public sealed record TaskSettingsBody
{
    /// <summary>The revision that was read; another one by now is a <c>conflict</c>. Null: whatever it is.</summary>
    public long? Revision { get; init; }

    /// <summary>Which tasks need the approval of a second person.</summary>
    public List<ApprovalRule>? Approvals { get; init; }
}
