namespace Outrider.Storage.Metrics;

/// <summary>What the maintenance changes, together or not at all.</summary>
public sealed class MetricMove
{
    /// <summary>Entries of an agent up to an id; at a time.</summary>
    public (int Agent, long Through, long At)? RemoveJournal { get; init; }

    /// <summary>Happens before <see cref="Put"/>.</summary>
    public List<ChunkRange> Remove { get; init; } = [];

    /// <summary>Replaces what is there.</summary>
    public List<StoredChunk> Put { get; init; } = [];

    public List<DayOfAgent> AddDays { get; init; } = [];

    public List<DayOfAgent> RemoveDays { get; init; } = [];

    /// <summary>Snapshots of an agent from before a minute.</summary>
    public List<(int Agent, int BeforeMinute)> RemoveProcesses { get; init; } = [];

    /// <summary>From which window raw chunks are kept, and from which day minute chunks.</summary>
    public (int Tenant, int RawFrom, int MinuteFrom)? Retained { get; init; }
}
