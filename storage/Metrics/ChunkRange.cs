namespace Outrider.Storage.Metrics;

/// <summary>Chunks of one agent, level and window: parts from first to last.</summary>
public readonly record struct ChunkRange(ChunkLevel Level, int Window, int Agent, int FirstPart, int LastPart)
{
    /// <summary>Highest part there can be.</summary>
    public const int MaxPart = ushort.MaxValue;

    public static ChunkRange One(ChunkKey key) => new(key.Level, key.Window, key.Agent, key.Part, key.Part);

    public static ChunkRange All(ChunkLevel level, int window, int agent) => new(level, window, agent, 0, MaxPart);
}
