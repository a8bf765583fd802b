namespace Outrider.Protocol.Link;

/// <summary>What a binary frame carries: the low four bits of its first byte.</summary>
public enum BlockKind : byte
{
    /// <summary>A piece of a task's payload.</summary>
    TaskPayload = 1,

    /// <summary>A metric batch, whole (docs/formats/metric-batch.md).</summary>
    MetricBatch = 2,

    /// <summary>Reserved.</summary>
    LogChunk = 3,

    /// <summary>Reserved.</summary>
    FileBlock = 4,
}
