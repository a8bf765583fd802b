namespace Outrider.Storage.Metrics;

/// <summary>A chunk (docs/formats/metric-chunk.md) and where it belongs.</summary>
public readonly record struct StoredChunk(ChunkKey Key, byte[] Bytes);
