using Outrider.Grains.Diagnosis.Cells;
using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>Whether every tablet has its replicas, and whether somebody repairs those that don't.</summary>
internal static class TabletRules
{
    public static IEnumerable<Finding> Judge(StorageCluster cluster)
    {
        var total = Total.OfKnown(cluster.Databases.Select(database => database.Tablets));
        Finding?[] found =
        [
            Bad(cluster, total, StorageFindings.UnhealthyTablets, "UnhealthyTabletNum", "UnhealthyTablets", database => database.Unhealthy,
                "Tablets that lack healthy replicas", (count, share) => share > StorageThresholds.BadTabletsCriticalPercent),
            Bad(cluster, total, StorageFindings.InconsistentTablets, "InconsistentTabletNum", "InconsistentTablets",
                database => database.Inconsistent, "Tablets whose replicas differ from each other",
                (count, share) => count >= StorageThresholds.ErrorTabletsCritical || share > StorageThresholds.BadTabletsCriticalPercent),
            Bad(cluster, total, StorageFindings.ErrorTablets, "ErrorStateTabletNum", "ErrorStateTablets", database => database.Errors,
                "Tablets in an error state",
                (count, share) => count >= StorageThresholds.ErrorTabletsCritical || share > StorageThresholds.BadTabletsCriticalPercent),
            Cloning(cluster),
            Backlog(cluster),
            NotScheduled(cluster),
            TooFewNodes(cluster),
            SingleReplica(cluster),
        ];
        return [.. found.OfType<Finding>(), .. cluster.Nodes.Where(IsCrowded).Select(HighCount)];
    }

    private static Finding? Bad(
        StorageCluster cluster, long? total, string code, string column, string listColumn, Func<Database, long?> count, string what,
        Func<long, double?, bool> isCritical)
    {
        var affected = cluster.Databases.Where(database => count(database) > 0).OrderByDescending(count).ToList();
        if (affected.Count == 0)
            return null;
        var sum = Total.Of(affected.Select(database => count(database)!.Value)); // not null: affected
        double? share = total > 0 ? 100.0 * sum / total.Value : null;
        var list = affected.SelectMany(database => BadTablets.Evidence(cluster.Evidence, database, listColumn));
        return Found.Make(code, isCritical(sum, share) ? Severities.Critical : Severities.Warning, null,
            $"{what}: {sum} of {(total is null ? "an unknown number" : Found.Count(total.Value, "tablet"))}, in "
            + $"{string.Join(", ", affected.Take(5).Select(database => $"{database.Name} ({count(database)})"))}"
            + $"{(affected.Count > 5 ? " and others" : "")}.",
            [.. affected.Take(10).Select(database => database.Row.Evidence(database.Name, column, "0")), .. list],
            [
                "See which replica is bad: ADMIN SHOW REPLICA STATUS FROM <table> WHERE STATUS != 'OK'.",
                "Bring dead nodes and disks back first; replicas are then repaired by themselves, sooner after ADMIN REPAIR TABLE <table>.",
                "A tablet whose replicas are all bad must be restored from a backup or loaded again: be careful with what is left of it.",
            ]);
    }

    private static Finding? Cloning(StorageCluster cluster)
    {
        var cloning = cluster.Databases.Where(database => database.Cloning > 0).ToList();
        return cloning.Count == 0 ? null : Found.Info(StorageFindings.CloningTablets, null,
            $"Tablets being cloned by repair or balancing: {Total.OfKnown(cloning.Select(database => database.Cloning))}.",
            cloning.OrderByDescending(database => database.Cloning)
                .Select(database => database.Row.Evidence(database.Name, "CloningTabletNum")),
            "Nothing to do but wait; look again in half an hour.");
    }

    private static Finding? Backlog(StorageCluster cluster)
    {
        var pending = Balance(cluster, "pending_tablets");
        return pending?.Value is not >= StorageThresholds.RepairBacklog ? null : Found.Warning(StorageFindings.RepairBacklog, null,
            $"Tablets that wait to be repaired or moved: {pending.Value.Value}.",
            [pending.Value.Evidence($"< {StorageThresholds.RepairBacklog}")],
            "Watch whether the number falls. If it doesn't, check that the target nodes have room and that clone limits "
            + "(tablet_sched_slot_num_per_path) aren't too low.");
    }

    private static Finding? NotScheduled(StorageCluster cluster)
    {
        var bad = Total.Of(cluster.Databases.Select(database => database.Unhealthy ?? 0));
        return bad == 0 || Balance(cluster, "pending_tablets") is not { Value: 0 } pending
            || Balance(cluster, "running_tablets") is not { Value: 0 } running ? null
            : Found.Warning(StorageFindings.RepairNotScheduled, null,
                $"Of {Found.Count(bad, "unhealthy tablet")} none is being repaired or waits for it.",
                [pending.Evidence("> 0 while tablets are unhealthy"), running.Evidence("> 0 while tablets are unhealthy")],
                "Replicas of a dead node are rebuilt only after tablet_sched_be_down_tolerate_time_s (15 minutes). After that, check that the "
                + "scheduler isn't disabled and that another node can take the replicas.");
    }

    private static Finding? TooFewNodes(StorageCluster cluster)
    {
        var serving = cluster.Serving.Count();
        var wanting = cluster.Partitions.Where(partition => partition.Replicas > serving).ToList();
        return cluster.Mode != RunMode.SharedNothing || cluster.Nodes.Count == 0 || wanting.Count == 0 ? null : Found.Warning(
            StorageFindings.TooFewNodes, null,
            $"Only {Found.Count(serving, "backend")} can hold a replica, but {Found.Count(wanting.Count, "partition")} should have up to "
            + $"{wanting.Max(partition => partition.Replicas)}: the missing ones can't be rebuilt.",
            wanting.OrderByDescending(partition => partition.DataBytes).Take(10)
                .Select(partition => partition.Evidence("REPLICATION_NUM", $"≤ {serving} serving backends")),
            "Bring backends back or add some.");
    }

    private static Finding? SingleReplica(StorageCluster cluster)
    {
        var single = cluster.Partitions.Where(partition => partition.Replicas == 1)
            .OrderByDescending(partition => partition.DataBytes).ToList();
        if (cluster.Mode != RunMode.SharedNothing || single.Count == 0)
            return null;
        var tables = single.Select(partition => partition.TableName).Distinct().ToList();
        // With one backend there is no second place for a replica: worth knowing, nothing to act on.
        return Found.Make(StorageFindings.SingleReplica, cluster.Nodes.Count == 1 ? Severities.Info : Severities.Warning, null,
            $"Only one replica: {Found.Count(single.Count, "partition")} of {Found.Count(tables.Count, "table")} "
            + $"({string.Join(", ", tables.Take(5))}{(tables.Count > 5 ? " and others" : "")}). Losing that disk or node loses the data.",
            single.Take(10).Select(partition => partition.Evidence("REPLICATION_NUM", "≥ 2, usually 3")),
            [
                "Raise replication_num to 3: ALTER TABLE <table> SET (\"default.replication_num\" = \"3\") for new partitions, "
                + "ALTER TABLE <table> MODIFY PARTITION (*) SET (\"replication_num\" = \"3\") for those that are there.",
                "Check first that the disks have the room for it.",
            ]);
    }

    private static bool IsCrowded(Node node) => node.Current && node.Tablets > StorageThresholds.TabletsPerNode;

    private static Finding HighCount(Node node) => Found.Warning(StorageFindings.HighTabletCount, node.Address,
        $"{node.Address} holds {Found.Count(node.Tablets!.Value, "tablet")}, which cost memory and slow restarts down.", // not null: IsCrowded
        [node.Evidence("TabletNum", $"≤ {StorageThresholds.TabletsPerNode}")],
        "Use fewer buckets for small partitions, coarser partitions, and drop what isn't needed.");

    private static BalanceItem? Balance(StorageCluster cluster, string item)
    {
        foreach (var row in cluster.Evidence.Rows(TabletStatements.Balance.Id))
        {
            if (row.Text("Item") == item && row.Count("Number") is { } number)
                return new BalanceItem(row, item, number);
        }
        return null;
    }

    private readonly record struct BalanceItem(Row Row, string Item, long Value)
    {
        public EvidenceRow Evidence(string threshold) => Row.Evidence(Item, "Number", threshold);
    }
}
