using Outrider.Grains.Diagnosis.Cells;
using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>Whether data is spread evenly over nodes, partitions and tablets.</summary>
internal static class DistributionRules
{
    private const int TopPartitions = 5;

    public static IEnumerable<Finding> Judge(StorageCluster cluster)
    {
        var serving = cluster.Serving.ToList();
        if (cluster.Mode == RunMode.SharedNothing)
        {
            foreach (var finding in Uneven(serving, StorageFindings.DataImbalance, "DataUsedCapacity", node => node.DataBytes,
                StorageThresholds.ImbalanceFromBytes, bytes => ByteSize.Format(bytes) + " of data"))
                yield return finding;
            foreach (var finding in Uneven(serving, StorageFindings.TabletImbalance, "TabletNum", node => node.Tablets,
                StorageThresholds.ImbalanceFromTablets, tablets => $"{Found.Text(tablets)} tablets"))
                yield return finding;
        }
        Finding?[] partitions = [Large(cluster), Oversized(cluster), Small(cluster)];
        foreach (var finding in partitions.OfType<Finding>())
            yield return finding;
    }

    private static IEnumerable<Finding> Uneven(
        List<Node> nodes, string code, string column, Func<Node, long?> value, long from, Func<double, string> text)
    {
        var known = nodes.Where(node => value(node) is not null).ToList();
        if (known.Count < 2)
            yield break;
        var mean = known.Average(node => (double)value(node)!.Value); // not null: known
        if (mean < from)
            yield break;
        foreach (var node in known)
        {
            var own = value(node)!.Value; // not null: known
            var percent = 100 * (own - mean) / mean;
            if (Math.Abs(percent) <= StorageThresholds.ImbalancePercent)
                continue;
            yield return Found.Warning(code, node.Address,
                $"{node.Address} has {text(own)}, {Found.Text(Math.Abs(percent))} % {(percent > 0 ? "more" : "less")} than the mean of "
                + $"{known.Count} backends ({text(mean)}).",
                [node.Evidence(column, $"{text(mean)} ± {StorageThresholds.ImbalancePercent} %")],
                "Check that balancing runs (SHOW PROC '/cluster_balance/balance_stat') and that tablet_sched_disable_balance is false.",
                "If a few tables make the difference, choose a bucket key with more distinct values.");
        }
    }

    private static Finding? Large(StorageCluster cluster)
    {
        var large = cluster.Partitions.Where(partition => partition.DataBytes > StorageThresholds.LargePartitionBytes)
            .OrderByDescending(partition => partition.DataBytes).ToList();
        return large.Count == 0 ? null : Found.Info(StorageFindings.LargePartitions, null,
            $"Partitions of more than {ByteSize.Format(StorageThresholds.LargePartitionBytes)}: {large.Count}; the largest: "
            + $"{string.Join(", ", large.Take(TopPartitions).Select(Sized))}.",
            large.Take(TopPartitions)
                .Select(partition => partition.Evidence("DATA_SIZE", $"≤ {ByteSize.Format(StorageThresholds.LargePartitionBytes)}")),
            "Where these tables are filtered by time, finer partitions make dropping and reading cheaper.");
    }

    private static Finding? Oversized(StorageCluster cluster)
    {
        var big = cluster.Partitions.Where(partition => TabletBytes(partition) > StorageThresholds.OversizedTabletBytes)
            .OrderByDescending(TabletBytes).ToList();
        return big.Count == 0 ? null : Found.Warning(StorageFindings.OversizedTablets, null,
            $"Partitions with more than {ByteSize.Format(StorageThresholds.OversizedTabletBytes)} in each tablet, which slows compaction and "
            + $"repair: {big.Count}; the largest: {string.Join(", ", big.Take(TopPartitions).Select(Sized))}.",
            big.Take(TopPartitions).SelectMany(partition => new[]
            {
                partition.Evidence("DATA_SIZE", $"≤ {ByteSize.Format(StorageThresholds.OversizedTabletBytes)} × BUCKETS"),
                partition.Evidence("BUCKETS"),
            }),
            "Use more buckets or finer partitions, so that a tablet holds 1 to 10 GB.");
    }

    private static Finding? Small(StorageCluster cluster)
    {
        var small = cluster.Partitions
            .Where(partition => partition.Buckets >= StorageThresholds.SmallTabletBuckets && partition.DataBytes > 0
                && TabletBytes(partition) < StorageThresholds.SmallTabletBytes)
            .OrderByDescending(partition => partition.Buckets).ToList();
        var tablets = Total.Of(small.Select(partition => partition.Buckets ?? 0));
        return tablets < StorageThresholds.SmallTabletsFrom ? null : Found.Info(StorageFindings.SmallTablets, null,
            $"Little data in many tablets: {Found.Count(small.Count, "partition")} with {Found.Count(tablets, "tablet")} of less than "
            + $"{ByteSize.Format(StorageThresholds.SmallTabletBytes)} each.",
            small.Take(TopPartitions).SelectMany(partition => new[]
            {
                partition.Evidence("BUCKETS"),
                partition.Evidence("DATA_SIZE", $"≥ {ByteSize.Format(StorageThresholds.SmallTabletBytes)} × BUCKETS"),
            }),
            "Use fewer buckets, or let StarRocks choose them (leave BUCKETS out), or partition by month instead of day.");
    }

    private static double? TabletBytes(Partition partition) =>
        partition is { DataBytes: { } data, Buckets: > 0 and { } buckets } ? (double)data / buckets : null;

    private static string Sized(Partition partition) => $"{partition.FullName} ({ByteSize.Format(partition.DataBytes ?? 0)})";
}
