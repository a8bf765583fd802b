using Outrider.Protocol.Link;

namespace Outrider.Grains.Agents;

/// <summary>Proof of life with the state that came with it.</summary>
/// <param name="HeardAt">When the centre last heard the agent; a time still to come: now, by the grain's own clock.</param>
/// <param name="Databases">Its databases, if it said; null: as before.</param>
public sealed record AgentPulse(DateTimeOffset HeardAt, List<DatabaseState>? Databases);
