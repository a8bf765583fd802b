using Outrider.Grains.Diagnosis.Cells;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>The tables that a storage report shows with <c>include_details</c>.</summary>
internal static class StorageDetails
{
    private const int MaxRows = 50;

    public static ReportTable Nodes(StorageCluster cluster) => Table("nodes", "Nodes and their disks",
        ["node", "alive", "tablets", "data", "free", "total", "used %", "fullest disk %", "memory %", "time until full"],
        cluster.Nodes.OrderByDescending(node => node.FullestDiskPercent), node =>
        [
            node.Address, node.Row.Text("Alive"), node.Row.Text("TabletNum"), Size(node.DataBytes), Size(node.FreeBytes), Size(node.TotalBytes),
            node.Row.Text("UsedPct"), node.Row.Text("MaxDiskUsedPct"), node.Row.Text("MemUsedPct"), DiskRules.TimeUntilFull(node.FreeBytes),
        ]);

    public static ReportTable Databases(StorageCluster cluster) => Table("databases", "Tablets by database",
        ["database", "tablets", "replicas", "unhealthy", "inconsistent", "cloning", "error"],
        cluster.Databases.OrderByDescending(database => database.Bad).ThenByDescending(database => database.Tablets), database =>
        [
            database.Name, $"{database.Tablets}", $"{database.Replicas}", $"{database.Unhealthy}", $"{database.Inconsistent}",
            $"{database.Cloning}", $"{database.Errors}",
        ]);

    public static ReportTable LargestPartitions(StorageCluster cluster) => Table("partitions", "Largest partitions",
        ["partition", "data", "stored", "rows", "buckets", "replicas"],
        cluster.Partitions.OrderByDescending(partition => partition.DataBytes), partition =>
        [
            partition.FullName, Size(partition.DataBytes), Size(partition.StoredBytes), partition.Row.Text("ROW_COUNT"),
            $"{partition.Buckets}", $"{partition.Replicas}",
        ]);

    public static ReportTable AmplifiedTables(StorageCluster cluster) => Table("tables", "Amplification by table",
        ["table", "live", "stored", "waste", "ratio", "compaction score"], Amplified.Tables(cluster.Partitions), Cells);

    public static ReportTable AmplifiedPartitions(StorageCluster cluster) => Table("partitions", "Amplification by partition",
        ["partition", "live", "stored", "waste", "ratio", "compaction score"], Amplified.EachPartition(cluster.Partitions), Cells);

    private static List<string?> Cells(Amplified part) =>
    [
        part.Name, Size(part.DataBytes), Size(part.StoredBytes), part.Waste < 0 ? "0 B" : Size(part.Waste), part.RatioText,
        part.CompactionScore is { } score ? Experts.Found.Text(score) : null,
    ];

    private static ReportTable Table<T>(string name, string title, List<string> columns, IEnumerable<T> items, Func<T, List<string?>> cells)
    {
        var all = items.ToList();
        return new()
        {
            Name = name,
            Title = title,
            Columns = columns,
            Rows = [.. all.Take(MaxRows).Select(item => cells(item).ConvertAll(cell => cell?.Length > 0 ? cell : null))],
            Omitted = Math.Max(0, all.Count - MaxRows),
        };
    }

    private static string? Size(long? bytes) => bytes is { } known ? ByteSize.Format(known) : null;
}
