using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks.Log;

/// <summary>A chunk that is kept, without its bytes.</summary>
/// <param name="Number">As <see cref="LogChunk.Number"/>.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Offset">Bytes of the stream before it.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct ChunkEntry(uint Number, TaskStream Stream, long Offset, int Length)
{
    public long End => Offset + Length;

    public static ChunkEntry Of(LogChunk chunk) => new(chunk.Number, chunk.Stream, chunk.Offset, chunk.Bytes.Length);
}
