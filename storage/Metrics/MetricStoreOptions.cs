namespace Outrider.Storage.Metrics;

/// <summary>How the store works. The defaults are what production uses.</summary>
public sealed record MetricStoreOptions
{
    /// <summary>How often it looks for work; null: only when <see cref="MetricStore.MaintainAsync"/> is called.</summary>
    public TimeSpan? Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>An agent's journal is folded when it has so many batches,</summary>
    public int FoldEntries { get; init; } = 60;

    /// <summary>or so many bytes,</summary>
    public long FoldBytes { get; init; } = 1024 * 1024;

    /// <summary>or was not folded for so long.</summary>
    public TimeSpan FoldAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long after the end of a window or day late samples are waited for; later ones are worked in.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A window is compacted early when an agent has so many folded chunks in it.</summary>
    public int CompactParts { get; init; } = 64;

    /// <summary>How old may be what the store knows of other processes' work; without meaning for a backend that one process has alone.</summary>
    public TimeSpan RefreshAfter { get; init; } = TimeSpan.FromSeconds(1);
}
