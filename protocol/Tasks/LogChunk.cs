namespace Outrider.Protocol.Tasks;

/// <summary>A piece of a task's output, in the order in which it was read.</summary>
/// <param name="Number">Counts the chunks of an attempt, of all streams together: 0, 1, 2, … Numbers are missing where the agent no longer has what was between.</param>
/// <param name="Stream">Which stream.</param>
/// <param name="At">When it was read: the agent's clock, milliseconds since 1970-01-01 UTC.</param>
/// <param name="Offset">Bytes of that stream before it.</param>
/// <param name="Bytes">What was read, at most <see cref="TaskLimits.ChunkBytes"/>; nobody changes it afterwards.</param>
public sealed record LogChunk(uint Number, TaskStream Stream, long At, long Offset, ReadOnlyMemory<byte> Bytes);
