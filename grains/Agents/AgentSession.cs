namespace Outrider.Grains.Agents;

/// <summary>An accepted link.</summary>
/// <param name="Session">Names it in later calls.</param>
/// <param name="Enrolled">Whether this link enrolled the agent.</param>
public sealed record AgentSession(string Session, bool Enrolled);
