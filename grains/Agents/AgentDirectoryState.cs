namespace Outrider.Grains.Agents;

/// <summary>What is kept of a tenant's agents: their names, in ordinal order.</summary>
public sealed record AgentDirectoryState
{
    public List<string> Names { get; init; } = [];
}
