namespace Outrider.Agent.Collectors.Own;

/// <summary>What the agent knows of itself beside its process. Null: unknown.</summary>
/// <param name="SpoolBytes">What waits on the disk for the centre.</param>
/// <param name="SpoolBatches">Batches that wait.</param>
/// <param name="DroppedBatches">Batches given up since the agent started.</param>
/// <param name="ClockOffsetSeconds">The agent's clock less the centre's.</param>
/// <param name="Revision">Of the configuration that the agent has from the centre.</param>
internal readonly record struct AgentFigures(double? SpoolBytes, double? SpoolBatches, double? DroppedBatches, double? ClockOffsetSeconds, double? Revision);
