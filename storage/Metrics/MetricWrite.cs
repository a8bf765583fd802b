namespace Outrider.Storage.Metrics;

/// <summary>Changes that are made together or not at all.</summary>
public sealed class MetricWrite
{
    /// <summary>The agent as it is to be; carried out only if the stored version is one less, else nothing of the write is.</summary>
    public AgentRow? Agent { get; init; }

    public SeriesRow? NewSeries { get; init; }

    /// <summary>A batch of <see cref="Agent"/> for the journal.</summary>
    public byte[]? Journal { get; init; }

    /// <summary>Is dropped where the minute has one already.</summary>
    public ProcessesRow? Processes { get; init; }

    /// <summary>Entries of an agent up to an id.</summary>
    public (int Agent, long Through)? RemoveJournal { get; init; }

    /// <summary>Happens before <see cref="Put"/>.</summary>
    public List<ChunkRange> Remove { get; init; } = [];

    /// <summary>Replaces what is there.</summary>
    public List<StoredChunk> Put { get; init; } = [];

    public List<DayOfAgent> AddDays { get; init; } = [];

    public List<DayOfAgent> RemoveDays { get; init; } = [];

    /// <summary>Snapshots of an agent from before a minute.</summary>
    public List<(int Agent, int BeforeMinute)> RemoveProcesses { get; init; } = [];

    public TenantRow? Tenant { get; init; }
}
