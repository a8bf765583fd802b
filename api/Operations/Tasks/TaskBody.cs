namespace Outrider.Api.Operations.Tasks;

/// <summary>A task as callers ask for it.</summary>
public sealed record TaskBody : TaskFields
{
    /// <summary>The agent's name.</summary>
    public string? AgentId { get; init; }

    /// <summary>Whether the answer waits for the task's end.</summary>
    public bool Sync { get; init; }

    /// <summary>With <see cref="Sync"/>: seconds to wait, 1 to 300; 60.</summary>
    public int? Timeout { get; init; }
}
