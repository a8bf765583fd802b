using Outrider.Grains.Diagnosis.Experts;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>How much more does object storage hold than the live data, where and why? Shared-data only. docs/diagnosis/storage.md.</summary>
public static class AmplificationExpert
{
    private const string Database = "database_name";
    private const string Table = "table_name";

    /// <summary>Tables and partitions only say where the cluster's waste is, so they cost little beside it.</summary>
    public static IReadOnlyDictionary<string, int> PointCaps { get; } = new Dictionary<string, int>
    {
        [StorageFindings.AmplificationCluster] = 25,
        [StorageFindings.AmplificationTable] = 20,
        [StorageFindings.AmplificationPartition] = 10,
    };

    public static Expert Expert { get; } = new()
    {
        Name = "storage_amplification",
        Tool = "analyze_storage_amplification",
        Version = "1",
        Title = "Storage amplification",
        Description = "How much more does object storage hold than a shared-data StarRocks cluster's live data? Gives the ratio of "
            + "cluster, tables and partitions, whether compaction or vacuum is behind, and advice. "
            + "Not applicable to shared-nothing clusters. Read-only.",
        Arguments =
        [
            new(Database, "string", "Only this database. 'db.table' names a table too."),
            new(Table, "string", "Only this table of the database. 'db.table' works here as well."),
            new(ExpertArguments.IncludeDetails, "boolean", "Whether to add all ratios by table and partition.") { Default = "true" },
        ],
        PointCaps = PointCaps,
        Check = Check,
        Plan = Plan,
        Analyse = Analyse,
    };

    /// <summary>Splits <c>db.table</c> in either argument.</summary>
    private static Outcome<ExpertArguments> Check(ExpertArguments arguments)
    {
        var database = arguments[Database];
        var table = arguments[Table];
        if (database?.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && table is null)
            (database, table) = (database[..dot], database[(dot + 1)..]);
        else if (table?.IndexOf('.', StringComparison.Ordinal) is > 0 and var at && (database is null || database == table[..at]))
            (database, table) = (table[..at], table[(at + 1)..]);
        if (table is not null && database is null)
            return ExpertArguments.Invalid($"Argument '{Table}' needs '{Database}' too, or write it as 'db.table'.");
        if (table is { Length: 0 })
            return ExpertArguments.Invalid($"'{database}.' names no table: leave the point out or write 'db.table'.");
        if (database is not null)
            arguments = arguments.With(Database, database);
        return table is null ? arguments : arguments.With(Table, table);
    }

    private static IReadOnlyList<Statement> Plan(ExpertArguments arguments, Evidence evidence)
    {
        if (ClusterProbe.Next(evidence) is { Count: > 0 } probing)
            return probing;
        var probe = ClusterProbe.Read(evidence);
        return probe.Mode switch
        {
            RunMode.SharedNothing => [],
            RunMode.SharedData =>
            [
                NodeStatements.ComputeNodes, NodeStatements.StorageVolumes,
                Partition.Statement(probe, probe.Mode, arguments[Database], arguments[Table]),
            ],
            _ => [NodeStatements.Backends, NodeStatements.ComputeNodes],
        };
    }

    private static Outcome<Analysis> Analyse(ExpertArguments arguments, Evidence evidence)
    {
        var cluster = StorageCluster.Read(evidence);
        if (cluster.Mode == RunMode.SharedNothing)
        {
            return new Problem(ProblemCodes.ExpertNotApplicable,
                "This cluster runs shared-nothing: its data is on the backends' own disks, so there is no object storage to compare with. "
                + "Ask the expert 'storage' (tool diagnose_storage) instead.");
        }
        var known = Amplified.Cluster(cluster.Partitions).Partitions.Count;
        return new Analysis
        {
            Scope = StorageFacts.Scope(cluster) + Target(arguments),
            Findings = [.. AmplificationRules.Judge(cluster)],
            Facts = StorageFacts.Read(cluster),
            Details = [StorageDetails.AmplifiedTables(cluster), StorageDetails.AmplifiedPartitions(cluster)],
            Notes = [.. StorageFacts.Notes(cluster), .. Missing(arguments, cluster)],
            Judged = known > 0,
        };
    }

    private static IEnumerable<string> Missing(ExpertArguments arguments, StorageCluster cluster)
    {
        if (cluster.Evidence.Answered(Partition.StatementId) && cluster.Partitions.Count == 0)
            yield return $"partitions_meta has no partition{Target(arguments)}.";
        else if (cluster.Evidence.Find(Partition.StatementId)?.MissingColumns.Contains("STORAGE_SIZE") == true)
        {
            yield return "This version's partitions_meta has no STORAGE_SIZE, so SQL can't tell how much object storage holds; "
                + "newer versions have it.";
        }
    }

    private static string Target(ExpertArguments arguments) => (arguments[Database], arguments[Table]) switch
    {
        (null, _) => "",
        (var database, null) => $" in database {database}",
        var (database, table) => $" in table {database}.{table}",
    };
}
