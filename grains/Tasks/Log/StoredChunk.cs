using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks.Log;

/// <summary>A chunk of the log of one attempt.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Chunk">The chunk.</param>
public sealed record StoredChunk(int Attempt, LogChunk Chunk);
