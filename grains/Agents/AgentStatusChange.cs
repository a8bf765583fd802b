namespace Outrider.Grains.Agents;

/// <summary>An item of the feed <see cref="Feed"/>, whose key is the agent's own: its status has changed.</summary>
public sealed record AgentStatusChange(AgentStatus From, AgentStatus To, DateTimeOffset At)
{
    public const string Feed = "agents";
}
