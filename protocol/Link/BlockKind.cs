namespace Outrider.Protocol.Link;

/// <summary>What a binary frame carries: the low four bits of its first byte.</summary>
public enum BlockKind : byte
{
    /// <summary>A piece of a task's payload.</summary>
    TaskPayload = 1,

    /// <summary>A metric batch, whole (docs/formats/metric-batch.md).</summary>
    MetricBatch = 2,

    /// <summary>A piece of a task's output (<see cref="Tasks.LogChunkCodec"/>); the id is the task's, the number the chunk's.</summary>
    LogChunk = 3,

    /// <summary>A block of a file (<see cref="Files.FileBlocks"/>); the id is the transfer's, the number the block's.</summary>
    FileBlock = 4,
}
