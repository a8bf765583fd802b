namespace Outrider.Grains.Agents;

/// <summary>A name of the directory.</summary>
/// <param name="Name">The agent's name.</param>
/// <param name="Summary">What the agent told last; null: nothing since the directory was taken up, so it has to be asked itself.</param>
public sealed record AgentEntry(string Name, AgentSummary? Summary);
