namespace Outrider.Storage.Metrics;

/// <summary>Where a chunk belongs.</summary>
/// <param name="Level">What it holds.</param>
/// <param name="Window">Its time, counted in windows of its level from 1970.</param>
/// <param name="Agent">The agent's number.</param>
/// <param name="Part">Which of its series; of folded ones, which fold.</param>
public readonly record struct ChunkKey(ChunkLevel Level, int Window, int Agent, int Part);
