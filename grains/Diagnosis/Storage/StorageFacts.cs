using System.Globalization;
using Outrider.Grains.Diagnosis.Cells;
using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>The totals and the notes that storage reports carry. What is unknown is left out.</summary>
internal static class StorageFacts
{
    public static string Scope(StorageCluster cluster) => string.Join(", ", new[]
    {
        cluster.Evidence.Answered(cluster.NodeStatement.Id) ? Found.Count(cluster.Nodes.Count, cluster.NodeNoun) : null,
        cluster.Mode is null ? null : cluster.ModeText.Replace('_', '-'),
        cluster.Probe.Version is { } version ? $"StarRocks {version}" : null,
    }.OfType<string>().DefaultIfEmpty("an unknown cluster"));

    public static Dictionary<string, string> Read(StorageCluster cluster)
    {
        var facts = new Dictionary<string, string>();
        Add("version", cluster.Probe.Version);
        Add("run_mode", cluster.ModeText);
        Add("run_mode_source", cluster.Probe.ModeSource);
        Add("cluster_time", cluster.Probe.Now?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        if (cluster.Evidence.Answered(cluster.NodeStatement.Id))
        {
            Add("nodes", cluster.Nodes.Count);
            Add("nodes_alive", cluster.Nodes.Count(node => node.Alive == true));
        }
        var current = cluster.Nodes.Where(node => node.Current).ToList();
        Add("data_bytes", Total.OfKnown(current.Select(node => node.DataBytes)));
        Add("free_bytes", Total.OfKnown(current.Select(node => node.FreeBytes)));
        Add("total_bytes", Total.OfKnown(current.Select(node => node.TotalBytes)));
        Add("fullest_disk_percent", current.Max(node => node.FullestDiskPercent)?.ToString(CultureInfo.InvariantCulture));
        Add("tablets", Total.OfKnown(cluster.Databases.Select(database => database.Tablets)));
        Add("replicas", Total.OfKnown(cluster.Databases.Select(database => database.Replicas)));
        Add("unhealthy_tablets", Total.OfKnown(cluster.Databases.Select(database => database.Unhealthy)));
        if (cluster.Evidence.Answered(Partition.StatementId))
            Add("partitions", cluster.Partitions.Count);
        var volumes = cluster.Evidence.Rows(NodeStatements.StorageVolumes.Id)
            .Select(row => row.Text("Storage Volume")).OfType<string>().ToList();
        Add("storage_volumes", volumes.Count == 0 ? null : string.Join(", ", volumes));
        AddAmplification(cluster, facts);
        return facts;

        void Add(string name, object? value)
        {
            if (value is not null)
                facts[name] = Convert.ToString(value, CultureInfo.InvariantCulture)!; // not null: value isn't
        }
    }

    /// <summary>What can't be judged: cells that say nothing or can't be read, and rows that were cut.</summary>
    public static List<string> Notes(StorageCluster cluster)
    {
        List<string> notes = [];
        var blind = cluster.Mode == RunMode.SharedData
            ? []
            : cluster.Nodes.Where(node => node.Current && node.FullestDiskPercent is null && node.UsedPercent is null).ToList();
        if (blind.Count > 0)
            notes.Add($"Disk usage can't be read of {string.Join(", ", blind.Select(node => node.Address))}; their disks are not judged.");
        Unreadable("DATA_SIZE", partition => partition.DataBytes);
        if (cluster.Mode == RunMode.SharedData)
            Unreadable("STORAGE_SIZE", partition => partition.StoredBytes);
        if (cluster.ZoneOffset is { Ticks: not 0 } offset)
            notes.Add($"Heartbeats and the cluster's NOW() differ by {offset:hh\\:mm} h; taken as another time zone, not as age.");
        if (cluster.Probe.Now is null)
            notes.Add("The cluster's clock is unknown, so the age of heartbeats is not judged.");
        return notes;

        void Unreadable(string column, Func<Partition, long?> size)
        {
            var count = cluster.Partitions.Count(partition => size(partition) is null);
            if (count > 0)
            {
                notes.Add($"{column} is missing or unreadable in {count} of {cluster.Partitions.Count} partitions; "
                    + "they are left out where it is needed.");
            }
        }
    }

    private static void AddAmplification(StorageCluster cluster, Dictionary<string, string> facts)
    {
        var all = Amplified.Cluster(cluster.Partitions);
        if (cluster.Mode != RunMode.SharedData || all.Partitions.Count == 0)
            return;
        facts["live_bytes"] = all.DataBytes.ToString(CultureInfo.InvariantCulture);
        facts["stored_bytes"] = all.StoredBytes.ToString(CultureInfo.InvariantCulture);
        if (all.DataBytes > 0)
            facts["amplification"] = all.RatioText;
    }
}
