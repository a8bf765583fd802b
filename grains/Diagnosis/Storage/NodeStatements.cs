using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>The statements about nodes and their disks.</summary>
public static class NodeStatements
{
    public static readonly Statement Backends = new()
    {
        Id = "backends",
        Sql = "SHOW BACKENDS",
        Required =
        [
            "BackendId", "IP", "LastHeartbeat", "Alive", "TabletNum", "DataUsedCapacity", "AvailCapacity", "TotalCapacity", "UsedPct",
            "MaxDiskUsedPct",
        ],
        Optional = ["SystemDecommissioned", "ErrMsg", "Version", "MemUsedPct", "DataCacheMetrics", "StatusCode"],
    };

    public static readonly Statement ComputeNodes = new()
    {
        Id = "compute_nodes",
        Sql = "SHOW COMPUTE NODES",
        Required = ["ComputeNodeId", "IP", "LastHeartbeat", "Alive"],
        Optional = ["SystemDecommissioned", "ErrMsg", "Version", "MemUsedPct", "HasStoragePath", "WarehouseName", "TabletNum"],
    };

    public static readonly Statement StorageVolumes = new()
    {
        Id = "storage_volumes",
        Sql = "SHOW STORAGE VOLUMES",
        Required = ["Storage Volume"],
    };

    /// <summary>One row per disk and metric. The names' prefix differs by version.</summary>
    public static readonly Statement Disks = new()
    {
        Id = "disks",
        Sql = "SELECT BE_ID, NAME, LABELS, VALUE FROM information_schema.be_metrics WHERE NAME LIKE '%disks_%'",
        Required = ["BE_ID", "NAME", "LABELS", "VALUE"],
        Limits = new() { TimeoutMs = Statement.DefaultTimeoutMs, MaxRows = 5_000, MaxBytes = 2 * 1024 * 1024 },
    };
}
