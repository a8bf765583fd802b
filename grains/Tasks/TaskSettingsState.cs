namespace Outrider.Grains.Tasks;

/// <summary>What a tenant asks of tasks.</summary>
public sealed record TaskSettingsState
{
    /// <summary>Rises with each change; set by the centre.</summary>
    public long Revision { get; init; }

    /// <summary>Which tasks need the approval of a second person.</summary>
    public List<ApprovalRule> Approvals { get; init; } = [];
}
