namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>The finding codes of the storage experts. Stable; each is described in docs/diagnosis/storage.md.</summary>
public static class StorageFindings
{
    public const string NoNodes = "no_nodes";
    public const string NodeDead = "node_dead";
    public const string NodeDecommissioned = "node_decommissioned";
    public const string HeartbeatError = "heartbeat_error";
    public const string HeartbeatStale = "heartbeat_stale";
    public const string MixedVersions = "mixed_versions";
    public const string HighMemory = "high_memory_affecting_io";
    public const string CacheAbnormal = "cache_abnormal";
    public const string NoCacheDisk = "no_cache_disk";

    public const string DiskEmergency = "disk_emergency";
    public const string DiskCritical = "disk_critical";
    public const string DiskWarning = "disk_warning";
    public const string LowFreeSpace = "low_free_space";
    public const string DiskOutOfUse = "disk_out_of_use";
    public const string DiskImbalance = "disk_imbalance";
    public const string OtherData = "other_data_on_disks";

    public const string UnhealthyTablets = "unhealthy_tablets";
    public const string InconsistentTablets = "inconsistent_tablets";
    public const string ErrorTablets = "error_tablets";
    public const string CloningTablets = "cloning_tablets";
    public const string RepairBacklog = "repair_backlog";
    public const string RepairNotScheduled = "repair_not_scheduled";
    public const string HighTabletCount = "high_tablet_count";
    public const string SingleReplica = "single_replica";
    public const string TooFewNodes = "too_few_nodes";

    public const string DataImbalance = "data_imbalance";
    public const string TabletImbalance = "tablet_imbalance";
    public const string LargePartitions = "large_partitions";
    public const string OversizedTablets = "oversized_tablets";
    public const string SmallTablets = "small_tablets";

    public const string AmplificationCluster = "amplification_cluster";
    public const string AmplificationTable = "amplification_table";
    public const string AmplificationPartition = "amplification_partition";
    public const string CompactionBehind = "compaction_behind";
}
