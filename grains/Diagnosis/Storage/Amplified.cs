using System.Globalization;
using Outrider.Grains.Diagnosis.Cells;
using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>Some partitions together: their live data and what object storage holds for them.</summary>
/// <param name="Name"><c>cluster</c>, <c>db.table</c> or <c>db.table.partition</c>.</param>
/// <param name="Partitions">Those whose two sizes are both known, the one with the most waste first.</param>
internal sealed record Amplified(string Name, List<Partition> Partitions)
{
    // Not null below: by the contract of Partitions.
    public long DataBytes { get; } = Total.Of(Partitions.Select(partition => partition.DataBytes!.Value));

    public long StoredBytes { get; } = Total.Of(Partitions.Select(partition => partition.StoredBytes!.Value));

    public double? CompactionScore { get; } = Partitions.Max(partition => partition.CompactionScore);

    /// <summary>The share of the waste, 0 to 1, in partitions whose compaction is behind.</summary>
    public double ShareBehind => ShareOf(partition => partition.CompactionScore > StorageThresholds.CompactionScoreWarning);

    /// <summary>The share of the waste, 0 to 1, in partitions that compaction has nothing to do in.</summary>
    public double ShareDone => ShareOf(partition => partition.CompactionScore < StorageThresholds.CompactionScoreHealthy);

    public long Waste => StoredBytes - DataBytes;

    /// <summary>Infinite when there is no live data at all.</summary>
    public double Ratio => (double)StoredBytes / DataBytes;

    public string RatioText => DataBytes == 0 ? "no live data" : Ratio.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Null: not enough to speak of.</summary>
    public string? Severity => Waste < StorageThresholds.AmplificationFromBytes ? null : Ratio switch
    {
        > StorageThresholds.AmplificationCritical => Severities.Critical,
        > StorageThresholds.AmplificationWarning => Severities.Warning,
        _ => null,
    };

    public static Amplified Cluster(IEnumerable<Partition> partitions) => new("cluster", Known(partitions));

    public static IEnumerable<Amplified> Tables(IEnumerable<Partition> partitions) =>
        Known(partitions).GroupBy(partition => partition.TableName).Select(group => new Amplified(group.Key, [.. group]))
            .OrderByDescending(table => table.Waste);

    public static IEnumerable<Amplified> EachPartition(IEnumerable<Partition> partitions) =>
        Known(partitions).Select(partition => new Amplified(partition.FullName, [partition]));

    private static List<Partition> Known(IEnumerable<Partition> partitions) =>
        [.. partitions.Where(IsKnown).OrderByDescending(partition => partition.StoredBytes - partition.DataBytes)];

    private double ShareOf(Func<Partition, bool> which)
    {
        var all = Total.Of(Partitions.Select(WasteOf));
        return all == 0 ? 0 : (double)Total.Of(Partitions.Where(which).Select(WasteOf)) / all;
    }

    private static long WasteOf(Partition partition) =>
        Math.Max(0, partition.StoredBytes!.Value - partition.DataBytes!.Value); // not null: known

    private static bool IsKnown(Partition partition) => partition is { DataBytes: not null, StoredBytes: not null };
}
