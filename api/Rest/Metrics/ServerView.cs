using Outrider.Grains.Agents;

namespace Outrider.Api.Rest.Metrics;

/// <summary>An agent in the words of older designs. Null: not known.</summary>
public sealed record ServerView(
    string Name,
    AgentStatus Status,
    string? Version,
    DateTimeOffset RegisterTime,
    DateTimeOffset? LastHeartbeat,
    ServerSystem? SystemInfo)
{
    public static ServerView Of(AgentView agent) => new(
        agent.Name, agent.Status, agent.Facts?.Version, agent.EnrolledAt, agent.LastSeenAt, agent.Facts is { } facts ? ServerSystem.Of(facts) : null);
}
