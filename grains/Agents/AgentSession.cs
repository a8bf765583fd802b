using Outrider.Protocol.Link;

namespace Outrider.Grains.Agents;

/// <summary>An agent that was let in.</summary>
/// <param name="Session">Names its link in later calls; of no use to one that posts.</param>
/// <param name="Enrolled">Whether this enrolled the agent.</param>
/// <param name="Config">What it shall keep to.</param>
public sealed record AgentSession(string Session, bool Enrolled, LinkConfig Config);
