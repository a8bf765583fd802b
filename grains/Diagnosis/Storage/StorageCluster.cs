using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>The evidence, read: what the storage rules judge.</summary>
public sealed record StorageCluster
{
    public required Evidence Evidence { get; init; }

    public required ClusterProbe Probe { get; init; }

    /// <summary>Null: unknown, and rules that need it keep silent.</summary>
    public required RunMode? Mode { get; init; }

    /// <summary>Backends in a shared-nothing cluster, compute nodes in a shared-data one.</summary>
    public required IReadOnlyList<Node> Nodes { get; init; }

    public required IReadOnlyList<Disk> Disks { get; init; }

    public required IReadOnlyList<Database> Databases { get; init; }

    public required IReadOnlyList<Partition> Partitions { get; init; }

    /// <summary>Nodes that are alive and stay.</summary>
    public IEnumerable<Node> Serving => Nodes.Where(node => node.Current && !node.Decommissioned);

    /// <summary>The statement that lists <see cref="Nodes"/>.</summary>
    public Statement NodeStatement => Mode == RunMode.SharedData ? NodeStatements.ComputeNodes : NodeStatements.Backends;

    public string NodeNoun => Mode == RunMode.SharedData ? "compute node" : "backend";

    public string ModeText => Mode switch
    {
        RunMode.SharedData => "shared_data",
        RunMode.SharedNothing => "shared_nothing",
        _ => "unknown",
    };

    public static StorageCluster Read(Evidence evidence)
    {
        var probe = ClusterProbe.Read(evidence);
        return new()
        {
            Evidence = evidence,
            Probe = probe,
            Mode = probe.Mode,
            Nodes = probe.Mode == RunMode.SharedData ? Node.ReadComputeNodes(evidence) : Node.ReadBackends(evidence),
            Disks = Disk.ReadAll(evidence),
            Databases = Database.ReadAll(evidence),
            Partitions = Partition.ReadAll(evidence),
        };
    }

    /// <summary>The sum of the values that are known; null when none is.</summary>
    public static long? Sum(IEnumerable<long?> values)
    {
        var known = values.OfType<long>().ToList();
        return known.Count == 0 ? null : known.Sum();
    }
}
