using Outrider.Grains.Agents;

namespace Outrider.Api.Rest;

/// <summary>Agents by name.</summary>
/// <param name="Next">Pass it as <c>after</c> for the next page; null: this was the last.</param>
public sealed record AgentPage(IReadOnlyList<AgentView> Agents, string? Next);
