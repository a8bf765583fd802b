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

    /// <summary>What to take off NOW() before it is compared with a heartbeat; null: the two can't be compared.</summary>
    public required TimeSpan? ZoneOffset { get; init; }

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
        var nodes = probe.Mode == RunMode.SharedData ? Node.ReadComputeNodes(evidence) : Node.ReadBackends(evidence);
        return new()
        {
            Evidence = evidence,
            Probe = probe,
            Mode = probe.Mode,
            Nodes = nodes,
            ZoneOffset = ReadZoneOffset(probe.Now, nodes),
            Disks = Disk.ReadAll(evidence),
            Databases = Database.ReadAll(evidence),
            Partitions = Partition.ReadAll(evidence),
        };
    }

    /// <summary>
    /// How much later NOW() is than the heartbeats by another time zone alone: the freshest node's age, rounded to quarters of an hour,
    /// because heartbeats are printed in the front end's zone and NOW() in the session's. Null: unknown.
    /// </summary>
    private static TimeSpan? ReadZoneOffset(DateTime? now, IReadOnlyList<Node> nodes)
    {
        var freshest = nodes.Where(node => node.Current).Select(node => now - node.LastHeartbeat).OfType<TimeSpan>().ToList();
        return freshest.Count == 0 ? null : TimeSpan.FromMinutes(15 * Math.Round(freshest.Min() / TimeSpan.FromMinutes(15)));
    }
}
