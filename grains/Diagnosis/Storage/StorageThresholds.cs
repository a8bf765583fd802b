using Outrider.Grains.Diagnosis.Cells;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>What the storage experts hold cells against. Sources and reasons: docs/diagnosis/storage.md.</summary>
public static class StorageThresholds
{
    public const double DiskEmergencyPercent = 98;
    public const double DiskCriticalPercent = 95;
    public const double DiskWarningPercent = 85;
    public const long LowFreeBytes = 10 * ByteSize.GB;

    /// <summary>FE evens out disks that differ by more than this once one is fuller than <see cref="DiskBalanceFromPercent"/>.</summary>
    public const double DiskImbalancePoints = 10;
    public const double DiskBalanceFromPercent = 50;

    /// <summary>Share of a node's disks that holds something else than tablets.</summary>
    public const double OtherDataPercent = 20;

    public const double MemoryPercent = 90;
    public const int HeartbeatStaleSeconds = 60;

    public const long TabletsPerNode = 50_000;
    public const long ErrorTabletsCritical = 10;
    public const double BadTabletsCriticalPercent = 1;
    public const long RepairBacklog = 500;

    public const double ImbalancePercent = 20;
    public const long ImbalanceFromBytes = 10 * ByteSize.GB;
    public const long ImbalanceFromTablets = 100;

    public const long LargePartitionBytes = 10 * ByteSize.GB;
    public const long OversizedTabletBytes = 10 * ByteSize.GB;

    /// <summary>Partitions that spread less than this per tablet over at least <see cref="SmallTabletBuckets"/> buckets.</summary>
    public const long SmallTabletBytes = 10 * 1024 * 1024;
    public const long SmallTabletBuckets = 8;
    public const long SmallTabletsFrom = 5_000;

    public const double AmplificationCritical = 2.0;
    public const double AmplificationWarning = 1.5;

    /// <summary>Stored bytes beyond the live ones below which a ratio means nothing.</summary>
    public const long AmplificationFromBytes = ByteSize.GB;

    public const double CompactionScoreHealthy = 10;
    public const double CompactionScoreWarning = 100;
    public const double CompactionScoreCritical = 500;
}
