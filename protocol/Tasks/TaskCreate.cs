using Outrider.Protocol.Link;

namespace Outrider.Protocol.Tasks;

/// <summary>Centre to agent, frame <c>task_create</c>: do this.</summary>
public sealed record TaskCreate : ILinkMessage
{
    public required string TaskId { get; init; }

    /// <summary>The executor: <c>sql</c>.</summary>
    public required string Type { get; init; }

    /// <summary>For <c>sql</c>: the one statement to run.</summary>
    public string? Command { get; init; }

    /// <summary>For <c>sql</c>: its limits; the agent's own if null.</summary>
    public SqlLimits? Limits { get; init; }

    /// <summary>Who asked, for the agent's audit: a key or user id, never a secret.</summary>
    public string? Actor { get; init; }
}
