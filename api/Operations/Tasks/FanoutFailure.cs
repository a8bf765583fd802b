namespace Outrider.Api.Operations.Tasks;

/// <summary>A task of a fan-out that went wrong.</summary>
/// <param name="AgentId">The agent's name.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Status"><c>failed</c>, <c>lost</c> or <c>canceled</c>.</param>
/// <param name="Why">The first line of why.</param>
public sealed record FanoutFailure(string AgentId, string TaskId, string Status, string Why);
