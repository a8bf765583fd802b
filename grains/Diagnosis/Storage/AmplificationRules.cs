using System.Globalization;
using Outrider.Grains.Diagnosis.Cells;
using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>Whether object storage holds much more than the live data, where, and why.</summary>
internal static class AmplificationRules
{
    private const int TopTables = 5;
    private const int TopPartitions = 5;

    public static IEnumerable<Finding> Judge(StorageCluster cluster)
    {
        if (cluster.Mode != RunMode.SharedData)
            return [];
        var tables = Amplified.Tables(cluster.Partitions).Where(table => table.Severity is not null).Take(TopTables);
        Finding?[] found =
        [
            Cluster(Amplified.Cluster(cluster.Partitions)),
            .. tables.Select(Table),
            Partitions([.. Amplified.EachPartition(cluster.Partitions).Where(partition => partition.Severity is not null)]),
            Compaction(cluster),
        ];
        return found.OfType<Finding>();
    }

    private static Finding? Cluster(Amplified all) => all.Severity is not { } severity ? null : Found.Make(
        StorageFindings.AmplificationCluster, severity, null,
        $"Object storage holds {Sizes(all)}. {Reason(all)}",
        [Calculated(all), .. all.Partitions.Take(TopTables).SelectMany(Cells)],
        Advice(all, severity));

    private static Finding Table(Amplified table) => Found.Make(
        StorageFindings.AmplificationTable, table.Severity!, table.Name, // not null: filtered
        $"Table {table.Name}: {Sizes(table)}. {Reason(table)}",
        [Calculated(table), .. table.Partitions.Take(TopTables).SelectMany(Cells)],
        Advice(table, table.Severity!));

    private static Finding? Partitions(List<Amplified> partitions)
    {
        if (partitions.Count == 0)
            return null;
        var severity = partitions.Exists(partition => partition.Severity == Severities.Critical) ? Severities.Critical : Severities.Warning;
        var top = partitions.Take(TopPartitions).ToList();
        return Found.Make(StorageFindings.AmplificationPartition, severity, null,
            $"Partitions that waste {ByteSize.Format(StorageThresholds.AmplificationFromBytes)} or more: {partitions.Count}; the most: "
            + $"{string.Join(", ", top.Select(Named))}.",
            top.SelectMany(partition => partition.Partitions.SelectMany(Cells).Prepend(Calculated(partition))),
            ["Begin with these: few partitions usually hold most of the waste."]);
    }

    private static Finding? Compaction(StorageCluster cluster)
    {
        var behind = cluster.Partitions.Where(partition => partition.CompactionScore > StorageThresholds.CompactionScoreWarning)
            .OrderByDescending(partition => partition.CompactionScore).ToList();
        if (behind.Count == 0)
            return null;
        var worst = behind[0];
        var score = worst.CompactionScore!.Value; // not null: filtered
        var severity = score > StorageThresholds.CompactionScoreCritical ? Severities.Critical : Severities.Warning;
        return Found.Make(StorageFindings.CompactionBehind, severity, null,
            $"Compaction is behind in {Found.Count(behind.Count, "partition")}; the worst is {worst.FullName} with a score of "
            + $"{Found.Text(score)} (done below {StorageThresholds.CompactionScoreHealthy}, loads are slowed "
            + $"above {StorageThresholds.CompactionScoreWarning}, refused above 2000).",
            behind.Take(TopPartitions).Select(partition => partition.Evidence("MAX_CS", $"≤ {StorageThresholds.CompactionScoreWarning}")),
            [
                "Check that compaction isn't off: lake_compaction_max_tasks isn't 0, lake_compaction_disable_tables doesn't name the table.",
                "Load in larger batches: at least 10 s apart.",
                "If it doesn't catch up: raise compact_threads on the compute nodes (a quarter of the cores), or compact the worst by hand: "
                + "ALTER TABLE <table> COMPACT <partition>.",
            ]);
    }

    private static string Sizes(Amplified part) =>
        $"{ByteSize.Format(part.StoredBytes)} for {ByteSize.Format(part.DataBytes)} of live data"
        + (part.DataBytes == 0 ? "" : $", {part.RatioText} times as much");

    private static string Named(Amplified part) => $"{part.Name} (ratio {part.RatioText}, {ByteSize.Format(part.Waste)})";

    private static string Reason(Amplified part) => part switch
    {
        { ShareBehind: > 0.5 and var share } =>
            $"{Found.Text(100 * share)} % of the waste is in partitions whose compaction is behind (score above "
            + $"{StorageThresholds.CompactionScoreWarning}): data that isn't merged yet.",
        { ShareDone: > 0.5 and var share } =>
            $"{Found.Text(100 * share)} % of the waste is in partitions whose compaction is done (score below "
            + $"{StorageThresholds.CompactionScoreHealthy}), so compaction isn't the reason: old versions and dropped files "
            + "wait for vacuum.",
        _ => "Both compaction and vacuum may be behind.",
    };

    private static List<string> Advice(Amplified part, string severity)
    {
        var target = severity == Severities.Critical ? "1.5" : "1.3";
        var vacuum = "Check vacuum: lake_autovacuum_grace_period_minutes (30 by default) keeps old versions that long, and a value left high "
            + "after a migration keeps them for ever; partitions without changes for lake_autovacuum_stale_partition_threshold hours "
            + "are not vacuumed; long queries and cluster snapshots hold versions back.";
        var compaction = "Let compaction catch up first: see compaction_behind.";
        return part.ShareBehind > 0.5
            ? [compaction, vacuum, $"Aim for a ratio below {target}."]
            : [vacuum, "Drop partitions past their retention; use fewer buckets where tablets are small.", $"Aim for a ratio below {target}."];
    }

    private static EvidenceRow Calculated(Amplified part) => new(
        Partition.StatementId, part.Name, "sum(STORAGE_SIZE) / sum(DATA_SIZE)", part.RatioText,
        string.Create(CultureInfo.InvariantCulture,
            $"≤ {StorageThresholds.AmplificationWarning:0.0} (critical above {StorageThresholds.AmplificationCritical:0.0})"));

    private static EvidenceRow[] Cells(Partition partition) =>
        partition.CompactionScore is null
            ? [partition.Evidence("STORAGE_SIZE"), partition.Evidence("DATA_SIZE")]
            : [partition.Evidence("STORAGE_SIZE"), partition.Evidence("DATA_SIZE"), partition.Evidence("MAX_CS")];
}
