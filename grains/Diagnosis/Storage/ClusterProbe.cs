using Outrider.Grains.Diagnosis.Cells;
using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>The first phase: what kind of cluster of which version it is, by which clock, and which columns it has.</summary>
public sealed record ClusterProbe
{
    public static readonly Statement VersionStatement = new() { Id = "version", Sql = "SELECT current_version()" };

    public static readonly Statement NowStatement = new() { Id = "now", Sql = "SELECT NOW()" };

    public static readonly Statement RunModeStatement = new()
    {
        Id = "run_mode",
        Sql = "ADMIN SHOW FRONTEND CONFIG LIKE 'run_mode'",
        Required = ["Key", "Value"],
    };

    public static readonly Statement ColumnsStatement = new()
    {
        Id = "partition_columns",
        Sql = "SELECT COLUMN_NAME FROM information_schema.columns "
            + "WHERE TABLE_SCHEMA = 'information_schema' AND TABLE_NAME = 'partitions_meta'",
        Required = ["COLUMN_NAME"],
    };

    private static readonly Statement[] s_statements = [VersionStatement, RunModeStatement, NowStatement, ColumnsStatement];

    /// <summary>Asked when <see cref="ColumnsStatement"/> told nothing.</summary>
    public static readonly Statement DescribeStatement = new()
    {
        Id = "partition_describe",
        Sql = "DESC information_schema.partitions_meta",
        Required = ["Field"],
    };

    /// <summary>Null: not answered.</summary>
    public string? Version { get; private init; }

    /// <summary>The cluster's clock, in its own zone; null: not answered.</summary>
    public DateTime? Now { get; private init; }

    /// <summary>Null: neither the configuration nor the lists of nodes told.</summary>
    public RunMode? Mode { get; private init; }

    /// <summary>How <see cref="Mode"/> is known: <c>config</c> or <c>nodes</c>.</summary>
    public string ModeSource { get; private init; } = "unknown";

    /// <summary>Columns of partitions_meta; empty: unknown.</summary>
    public required IReadOnlySet<string> PartitionColumns { get; init; }


    /// <summary>What is still to be asked before anything else; empty when the probe is done.</summary>
    public static IReadOnlyList<Statement> Next(Evidence evidence) =>
        !evidence.Has(ColumnsStatement.Id) ? s_statements
        : evidence.Has(DescribeStatement.Id) || Read(evidence).PartitionColumns.Count > 0 ? []
        : [DescribeStatement];

    /// <summary>What the evidence says so far.</summary>
    public static ClusterProbe Read(Evidence evidence)
    {
        var configured = Configured(evidence);
        return new ClusterProbe
        {
            Version = evidence.Value(VersionStatement.Id),
            Now = Cell.Time(evidence.Value(NowStatement.Id)),
            Mode = configured ?? ByNodes(evidence),
            ModeSource = configured is not null ? "config" : ByNodes(evidence) is not null ? "nodes" : "unknown",
            PartitionColumns = evidence.Rows(ColumnsStatement.Id).Select(row => row.Text("COLUMN_NAME"))
                .Concat(evidence.Rows(DescribeStatement.Id).Select(row => row.Text("Field")))
                .OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase),
        };
    }

    private static RunMode? Configured(Evidence evidence) =>
        evidence.Rows(RunModeStatement.Id).FirstOrDefault(row => row.Text("Key") == "run_mode") is { Table: not null } row
            ? row.Text("Value") switch
            {
                "shared_data" => RunMode.SharedData,
                "shared_nothing" => RunMode.SharedNothing,
                _ => null,
            }
            : null;

    /// <summary>Compute nodes and no backends: shared-data. Shared-nothing clusters may have compute nodes too, next to backends.</summary>
    private static RunMode? ByNodes(Evidence evidence)
    {
        if (evidence.Rows(NodeStatements.Backends.Id).Any())
            return RunMode.SharedNothing;
        return evidence.Rows(NodeStatements.ComputeNodes.Id).Any() ? RunMode.SharedData : null;
    }
}
