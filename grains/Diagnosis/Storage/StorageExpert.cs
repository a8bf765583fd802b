using Outrider.Grains.Diagnosis.Experts;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>Are disks, tablets and the distribution of data healthy, and how long until a disk is full? docs/diagnosis/storage.md.</summary>
public static class StorageExpert
{
    private const string OnlySharedNothing = "Backends hold no data in a shared-data cluster.";
    private const string OnlySharedData = "Data isn't in object storage in a shared-nothing cluster.";

    public static Expert Expert { get; } = new()
    {
        Name = "storage",
        Tool = "diagnose_storage",
        Version = "1",
        Title = "Storage",
        Description = "Is a StarRocks cluster's storage healthy? Judges disks, dead nodes, tablets and replicas, the distribution of "
            + "data, and how long until a disk is full (or, in a shared-data cluster, compute nodes and storage amplification). Gives a "
            + "score, findings with evidence, and advice. Read-only.",
        Arguments =
        [
            new(ExpertArguments.IncludeDetails, "boolean", "Whether to add tables of all nodes, databases and the largest partitions.")
            {
                Default = "false",
            },
        ],
        PointCaps = AmplificationExpert.PointCaps,
        Plan = Plan,
        Analyse = Analyse,
    };

    private static IReadOnlyList<Statement> Plan(ExpertArguments arguments, Evidence evidence)
    {
        if (ClusterProbe.Next(evidence) is { Count: > 0 } probing)
            return probing;
        var probe = ClusterProbe.Read(evidence);
        var partitions = Partition.Statement(probe, probe.Mode);
        return probe.Mode switch
        {
            RunMode.SharedNothing =>
            [
                NodeStatements.Backends, TabletStatements.Statistic, TabletStatements.Balance, partitions, NodeStatements.Disks,
                NodeStatements.ComputeNodes.Skip(OnlySharedData), NodeStatements.StorageVolumes.Skip(OnlySharedData),
                .. TabletStatements.DrillDown(evidence),
            ],
            RunMode.SharedData =>
            [
                NodeStatements.ComputeNodes, NodeStatements.StorageVolumes, partitions,
                NodeStatements.Backends.Skip(OnlySharedNothing), NodeStatements.Disks.Skip(OnlySharedNothing),
                TabletStatements.Statistic.Skip(OnlySharedNothing), TabletStatements.Balance.Skip(OnlySharedNothing),
            ],
            // The configuration doesn't tell: the lists of nodes may.
            _ => [NodeStatements.Backends, NodeStatements.ComputeNodes, partitions],
        };
    }

    private static Outcome<Analysis> Analyse(ExpertArguments arguments, Evidence evidence)
    {
        var cluster = StorageCluster.Read(evidence);
        return new Analysis
        {
            Scope = StorageFacts.Scope(cluster),
            Findings =
            [
                .. NodeRules.Judge(cluster), .. DiskRules.Judge(cluster), .. TabletRules.Judge(cluster),
                .. DistributionRules.Judge(cluster), .. AmplificationRules.Judge(cluster),
            ],
            Facts = StorageFacts.Read(cluster),
            Details =
            [
                StorageDetails.Nodes(cluster),
                .. cluster.Databases.Count > 0 ? [StorageDetails.Databases(cluster)] : Array.Empty<ReportTable>(),
                StorageDetails.LargestPartitions(cluster),
            ],
            Notes = StorageFacts.Notes(cluster),
            Judged = Judged(cluster),
        };
    }

    /// <summary>A score needs the list of nodes and, where they have disks of their own, at least one that tells how full they are.</summary>
    private static bool Judged(StorageCluster cluster) =>
        cluster.Evidence.Answered(cluster.NodeStatement.Id)
        && (cluster.Mode == RunMode.SharedData || cluster.Nodes.Count == 0
            || cluster.Nodes.Any(node => node.FullestDiskPercent is not null || node.UsedPercent is not null));
}
