using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>Whether the nodes are there and well.</summary>
internal static class NodeRules
{
    public static IEnumerable<Finding> Judge(StorageCluster cluster)
    {
        foreach (var node in cluster.Nodes)
        {
            if (Alive(node, cluster.NodeNoun) is { } finding)
                yield return finding;
            else if (Heartbeat(node, cluster.Probe.Now - cluster.ZoneOffset) is { } heartbeat)
                yield return heartbeat;
            if (node.Decommissioned)
                yield return Decommissioned(node, cluster.NodeNoun);
            if (node.Current && node.MemoryPercent > StorageThresholds.MemoryPercent)
                yield return Memory(node);
            if (node.Current && Cache(node, cluster.Mode) is { } cache)
                yield return cache;
        }
        if (NoNodes(cluster) is { } none)
            yield return none;
        if (MixedVersions(cluster) is { } mixed)
            yield return mixed;
    }

    private static Finding? Alive(Node node, string noun) => node.Alive != false ? null : Found.Critical(
        StorageFindings.NodeDead, node.Address,
        $"The {noun} {node.Address} is not alive{Because(node.Row.Text("ErrMsg"))} Its last heartbeat: "
        + $"{node.Row.Text("LastHeartbeat") ?? "unknown"}.",
        [node.Evidence("Alive", "true"), node.Evidence("LastHeartbeat"), node.Evidence("ErrMsg")],
        $"Look at the machine {node.Address} and at be.out and be.WARNING there; start the process again.",
        "If it won't come back soon, replicas are rebuilt on the others: check first that they have the room for it.");

    private static Finding? Heartbeat(Node node, DateTime? now)
    {
        var error = node.Row.Text("ErrMsg");
        var status = node.Row.Text("StatusCode");
        if (error is not null || (status is not null && !status.Equals("CONNECTED", StringComparison.OrdinalIgnoreCase)))
        {
            var what = error is null ? $"its status as {status}" : $"an error: {error}";
            return Found.Warning(StorageFindings.HeartbeatError, node.Address,
                $"{node.Address} counts as alive, but the front end reports {what}.",
                [node.Evidence("ErrMsg"), node.Evidence("StatusCode", "CONNECTED")],
                $"Check the network between the front end and {node.Address}, and its load: the heartbeat's port must answer in seconds.");
        }
        if (now - node.LastHeartbeat is { TotalSeconds: > StorageThresholds.HeartbeatStaleSeconds } age)
        {
            return Found.Warning(StorageFindings.HeartbeatStale, node.Address,
                $"{node.Address} counts as alive, but its last heartbeat is {Found.Text(age.TotalSeconds)} s old by the cluster's clock.",
                [node.Evidence("LastHeartbeat", $"≤ {StorageThresholds.HeartbeatStaleSeconds} s before NOW()")],
                "Check that the leader front end runs and isn't overloaded: heartbeats are taken every few seconds.");
        }
        return null;
    }

    private static Finding Decommissioned(Node node, string noun) => Found.Info(
        StorageFindings.NodeDecommissioned, node.Address,
        $"The {noun} {node.Address} is being decommissioned"
        + $"{(node.Tablets is { } left ? $" and still has {Found.Count(left, "tablet")}" : "")}.",
        [node.Evidence("SystemDecommissioned", "false"), node.Evidence("TabletNum")],
        "Watch its tablets fall to 0; it leaves by itself then. It is left out of the balance figures.");

    private static Finding Memory(Node node) => Found.Warning(
        StorageFindings.HighMemory, node.Address,
        $"{node.Address} uses {Found.Text(node.MemoryPercent!.Value)} % of its memory limit, which slows compaction and flushing down.",
        [node.Evidence("MemUsedPct", $"≤ {StorageThresholds.MemoryPercent} %")],
        "Find the large queries and loads (SHOW PROC '/current_queries') and limit them by resource groups.");

    private static Finding? Cache(Node node, RunMode? mode)
    {
        if (mode == RunMode.SharedData && node.Row.Flag("HasStoragePath") == false)
        {
            return Found.Warning(StorageFindings.NoCacheDisk, node.Address,
                $"The compute node {node.Address} has no storage path, so it can't cache on disk and reads object storage each time.",
                [node.Evidence("HasStoragePath", "true")],
                "Set storage_root_path in its cn.conf to a local disk and restart it.");
        }
        var metrics = node.Row.Text("DataCacheMetrics");
        return metrics is null || metrics.Contains("Status: Normal", StringComparison.OrdinalIgnoreCase)
            || metrics.Contains("DISABLED", StringComparison.OrdinalIgnoreCase)
            ? null
            : Found.Warning(StorageFindings.CacheAbnormal, node.Address,
                $"The data cache of {node.Address} is not in order: {metrics}.",
                [node.Evidence("DataCacheMetrics", "Status: Normal")],
                "Look for datacache in be.WARNING on that node: usually a full or failing cache disk.");
    }

    private static Finding? NoNodes(StorageCluster cluster)
    {
        var statement = cluster.NodeStatement;
        return cluster.Nodes.Count > 0 || !cluster.Evidence.Answered(statement.Id) ? null : Found.Critical(
            StorageFindings.NoNodes, null,
            $"{statement.Sql} lists no {cluster.NodeNoun}: nothing can be stored or read.",
            [new(statement.Id, "cluster", "rows", "0", "≥ 1")],
            "Add nodes with ALTER SYSTEM ADD, or check that the account may see them.");
    }

    private static Finding? MixedVersions(StorageCluster cluster)
    {
        var versions = cluster.Nodes.Where(node => node.Version is not null).GroupBy(node => node.Version).ToList();
        return versions.Count < 2 ? null : Found.Info(
            StorageFindings.MixedVersions, null,
            $"The {cluster.NodeNoun}s run {versions.Count} versions: "
            + $"{string.Join(", ", versions.Select(group => $"{group.Key} ({group.Count()})"))}.",
            cluster.Nodes.Select(node => node.Evidence("Version")),
            "Finish the upgrade: mixed versions are meant for its duration only.");
    }

    private static string Because(string? error) => error is null ? "." : $": {error.TrimEnd('.')}.";
}
