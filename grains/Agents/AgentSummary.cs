using Outrider.Protocol.Link;

namespace Outrider.Grains.Agents;

/// <summary>How an agent is, in short: what the directory is told, for those who look at many agents.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">As the agent's grain judged it.</param>
/// <param name="Connected">Whether it had a link.</param>
/// <param name="LastSeenAt">When it was last heard; up to about two minutes behind while it is heard. Null: never.</param>
/// <param name="Facts">What it said of itself when it last connected; null: nothing.</param>
public sealed record AgentSummary(string Name, AgentStatus Status, bool Connected, DateTimeOffset? LastSeenAt, AgentFacts? Facts);
