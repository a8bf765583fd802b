using Outrider.Grains.Diagnosis.Cells;
using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>A backend or compute node. Null: the cell is missing or unreadable.</summary>
public sealed record Node
{
    public required Row Row { get; init; }

    /// <summary>Its IP, with the heartbeat port where several nodes share one.</summary>
    public required string Address { get; init; }

    public long? Id { get; init; }

    public bool? Alive { get; init; }

    public bool Decommissioned { get; init; }

    public long? Tablets { get; init; }

    public long? DataBytes { get; init; }

    public long? FreeBytes { get; init; }

    public long? TotalBytes { get; init; }

    /// <summary>Of all its disks together.</summary>
    public double? UsedPercent { get; init; }

    /// <summary>Of its fullest disk.</summary>
    public double? FullestDiskPercent { get; init; }

    public double? MemoryPercent { get; init; }

    public string? Version { get; init; }

    /// <summary>In the front end's own zone.</summary>
    public DateTime? LastHeartbeat { get; init; }

    /// <summary>Whether its figures are of now: those of a dead node are what it last said.</summary>
    public bool Current => Alive != false;

    public EvidenceRow Evidence(string column, string? threshold = null) => Row.Evidence(Address, column, threshold);

    public static IReadOnlyList<Node> ReadBackends(Evidence evidence) => Read(evidence, NodeStatements.Backends.Id, "BackendId");

    public static IReadOnlyList<Node> ReadComputeNodes(Evidence evidence) =>
        Read(evidence, NodeStatements.ComputeNodes.Id, "ComputeNodeId");

    private static List<Node> Read(Evidence evidence, string statement, string idColumn)
    {
        var rows = evidence.Rows(statement).ToList();
        var shared = rows.GroupBy(row => row.Text("IP")).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        return [.. rows.Select(row => Read(row, idColumn, shared.Contains(row.Text("IP"))))];
    }

    private static Node Read(Row row, string idColumn, bool shared) => new()
    {
        Row = row,
        Address = (row.Text("IP") ?? row.Text(idColumn) ?? $"row {row.Index + 1}") + (shared ? $":{row.Text("HeartbeatPort")}" : ""),
        Id = row.Count(idColumn),
        Alive = row.Flag("Alive"),
        Decommissioned = row.Flag("SystemDecommissioned") == true,
        Tablets = row.Count("TabletNum"),
        DataBytes = row.Size("DataUsedCapacity"),
        FreeBytes = row.Size("AvailCapacity"),
        TotalBytes = row.Size("TotalCapacity"),
        UsedPercent = row.Percent("UsedPct"),
        FullestDiskPercent = row.Percent("MaxDiskUsedPct"),
        MemoryPercent = row.Percent("MemUsedPct"),
        Version = row.Text("Version"),
        LastHeartbeat = row.Time("LastHeartbeat"),
    };
}
