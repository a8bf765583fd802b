using Outrider.Grains.Diagnosis.Cells;
using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>Whether the backends' disks have room and share it evenly. What a dead node last said is not judged.</summary>
internal static class DiskRules
{
    private const string Trash =
        "Dropped data stays in the trash for a day (catalog_trash_expire_second in the FE, then trash_file_expire_time_sec in the BE) "
        + "and is not counted in DataUsedCapacity: clear the trash to get room at once.";

    public static IEnumerable<Finding> Judge(StorageCluster cluster)
    {
        foreach (var node in cluster.Nodes.Where(node => node.Current))
        {
            if (Fullness(node) is { } full)
                yield return full;
            if (LowFree(node) is { } low)
                yield return low;
            if (Imbalance(node, cluster.Disks) is { } imbalance)
                yield return imbalance;
            if (OtherData(node) is { } other)
                yield return other;
        }
        foreach (var disk in cluster.Disks.Where(disk => disk.State?.Count("VALUE") == 0))
            yield return OutOfUse(disk, cluster.Nodes);
    }

    /// <summary>How long a node's free space lasts by rule of thumb, because a single look gives no rate; null: can't be said.</summary>
    public static string? TimeUntilFull(long? freeBytes) => (freeBytes / ByteSize.GB) switch
    {
        null => null,
        < 1 => "under 1 hour",
        < 5 => "2 to 4 hours",
        < 10 => "4 to 8 hours",
        < 50 => "1 to 2 days",
        < 100 => "2 to 5 days",
        _ => null,
    };

    private static Finding? Fullness(Node node)
    {
        var column = node.FullestDiskPercent is null ? "UsedPct" : "MaxDiskUsedPct";
        if ((node.FullestDiskPercent ?? node.UsedPercent) is not { } percent)
            return null;
        var left = TimeUntilFull(node.FreeBytes) is { } time ? $" Without a known growth rate the rule of thumb is {time} until full." : "";
        var what = $"The fullest disk of {node.Address} is {Found.Text(percent)} % used{Free(node)}.";
        return percent switch
        {
            >= StorageThresholds.DiskEmergencyPercent => Found.Critical(StorageFindings.DiskEmergency, node.Address,
                $"{what} Loads fail or are about to.{left}",
                Evidence(node, column, StorageThresholds.DiskEmergencyPercent),
                "At once: stop the loads that can wait, drop partitions that are no longer needed.", Trash,
                "Add disks or backends; decommissioning a full backend needs room on the others."),
            >= StorageThresholds.DiskCriticalPercent => Found.Critical(StorageFindings.DiskCritical, node.Address,
                $"{what} It needs room within hours.{left}",
                Evidence(node, column, StorageThresholds.DiskCriticalPercent),
                "Within hours: drop old partitions, delete old logs and what else isn't data on that disk.", Trash,
                "Plan more disks or backends."),
            >= StorageThresholds.DiskWarningPercent => Found.Warning(StorageFindings.DiskWarning, node.Address,
                $"{what} It needs room within days.{left}",
                Evidence(node, column, StorageThresholds.DiskWarningPercent),
                "Within days: check partition retention (SHOW DYNAMIC PARTITION TABLES) and plan capacity.", Trash),
            _ => null,
        };
    }

    private static List<EvidenceRow> Evidence(Node node, string column, double threshold) =>
        [node.Evidence(column, $"< {threshold} %"), node.Evidence("AvailCapacity"), node.Evidence("TotalCapacity")];

    private static Finding? LowFree(Node node) => node.FreeBytes is not < StorageThresholds.LowFreeBytes ? null : Found.Critical(
        StorageFindings.LowFreeSpace, node.Address,
        $"{node.Address} has {ByteSize.Format(node.FreeBytes.Value)} free"
        + $"{(TimeUntilFull(node.FreeBytes) is { } time ? $", by rule of thumb {time} until full" : "")}.",
        [node.Evidence("AvailCapacity", $"≥ {ByteSize.Format(StorageThresholds.LowFreeBytes)}"), node.Evidence("TotalCapacity")],
        "Free space now: a compaction or clone can take this much by itself.", Trash);

    private static Finding? Imbalance(Node node, IEnumerable<Disk> disks)
    {
        if (node is not { FullestDiskPercent: { } fullest, UsedPercent: { } used }
            || fullest < StorageThresholds.DiskBalanceFromPercent || fullest - used <= StorageThresholds.DiskImbalancePoints)
            return null;
        var worst = disks.Where(disk => disk.Node == node.Id && disk.UsedPercent is not null).MaxBy(disk => disk.UsedPercent);
        return Found.Warning(StorageFindings.DiskImbalance, node.Address,
            $"The fullest disk of {node.Address}{(worst is null ? "" : $" ({worst.Path})")} is {Found.Text(fullest)} % used, all its "
            + $"disks together {Found.Text(used)} %: the room on the others is of little use.",
            [node.Evidence("MaxDiskUsedPct", $"≤ UsedPct + {StorageThresholds.DiskImbalancePoints} points"), node.Evidence("UsedPct")],
            "Check SHOW PROC '/cluster_balance' for balancing between disks, and that tablet_sched_disable_balance is false.",
            "Look on the fullest disk for what isn't tablet data.");
    }

    /// <summary>Trash, logs, spill files and other programs: used space that DataUsedCapacity doesn't explain.</summary>
    private static Finding? OtherData(Node node)
    {
        if (node is not { TotalBytes: > 0 and { } total, FreeBytes: { } free, DataBytes: { } data })
            return null;
        var other = (double)total - free - data;
        if (other < StorageThresholds.LowFreeBytes || 100.0 * other / total <= StorageThresholds.OtherDataPercent)
            return null;
        return Found.Warning(StorageFindings.OtherData, node.Address,
            $"{ByteSize.Format(other)} on the disks of {node.Address} ({Found.Text(100.0 * other / total)} %) isn't tablet data.",
            [
                node.Evidence("TotalCapacity"), node.Evidence("AvailCapacity"),
                node.Evidence("DataUsedCapacity", $"all but {StorageThresholds.OtherDataPercent} % of what is used"),
            ],
            Trash, "Then look for logs, core dumps, spill and snapshot directories and other programs on these disks.");
    }

    private static Finding OutOfUse(Disk disk, IEnumerable<Node> nodes)
    {
        var node = nodes.FirstOrDefault(node => node.Id == disk.Node)?.Address ?? $"backend {disk.Node}";
        return Found.Critical(StorageFindings.DiskOutOfUse, $"{node} {disk.Path}",
            $"{node} has taken the disk {disk.Path} out of use.",
            [disk.State!.Value.Evidence($"{node} {disk.Path}", "VALUE", "1")], // not null: its value was read
            "Check the disk (dmesg, SMART) and its mount; be.WARNING on that node says what failed.",
            "Replace it and restart the backend; the replicas on it are rebuilt from the others.");
    }

    private static string Free(Node node) => node.FreeBytes is { } free ? $"; {ByteSize.Format(free)} are free on its disks" : "";
}
