using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Link;

namespace Outrider.Api.Gateway;

/// <summary>A link over which an agent was accepted.</summary>
/// <param name="Key">The agent's grain key, for logs.</param>
/// <param name="Agent">Its grain.</param>
/// <param name="Session">Names the link in calls of the grain.</param>
/// <param name="Self">How the grain calls the link.</param>
/// <param name="Config">What the agent was told to keep to.</param>
internal sealed record OpenLink(string Key, IAgent Agent, string Session, ObserverRef<IAgentLink> Self, LinkConfig Config)
{
    public string Tenant => GrainKeys.Split(Key)[0];

    /// <summary>The agent's name.</summary>
    public string Name => GrainKeys.Split(Key)[1];
}
