using Outrider.Grains.Agents;
using Outrider.Protocol.Link;

namespace Outrider.Api.Operations;

/// <summary>What an agent is asked to keep to.</summary>
/// <param name="Settings">Asked of this agent alone.</param>
/// <param name="Config">What the agent is told: those settings before what is asked of all agents of the tenant. Its own policy may narrow it.</param>
public sealed record AgentSettingsView(AgentSettings Settings, LinkConfig Config);
