using Outrider.Grains.Diagnosis.Cells;
using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>A partition of partitions_meta. Null: the cell is missing or unreadable.</summary>
public sealed record Partition
{
    public const string StatementId = "partitions";

    /// <summary>Rows asked for; the biggest by row count, because the sizes are display strings that SQL can't sort.</summary>
    public const int MaxRows = 10_000;

    private static readonly string[] s_always =
        ["DB_NAME", "TABLE_NAME", "PARTITION_NAME", "BUCKETS", "REPLICATION_NUM", "DATA_SIZE", "ROW_COUNT"];

    private static readonly string[] s_newer = ["STORAGE_SIZE", "AVG_CS", "MAX_CS"];

    public required Row Row { get; init; }

    public required string Database { get; init; }

    public required string Table { get; init; }

    public required string Name { get; init; }

    public long? Buckets { get; init; }

    public long? Replicas { get; init; }

    /// <summary>The live data.</summary>
    public long? DataBytes { get; init; }

    /// <summary>What it takes in object storage, with old versions and what waits for removal.</summary>
    public long? StoredBytes { get; init; }

    /// <summary>Of its worst tablet; null outside shared-data clusters.</summary>
    public double? CompactionScore { get; init; }

    public string TableName => $"{Database}.{Table}";

    public string FullName => $"{Database}.{Table}.{Name}";

    public EvidenceRow Evidence(string column, string? threshold = null) => Row.Evidence(FullName, column, threshold);

    /// <summary>Asks for the columns that this version has, as far as it is known; for those every version has otherwise.</summary>
    public static Statement Statement(ClusterProbe probe, RunMode? mode, string? database = null, string? table = null)
    {
        string[] newer = mode == RunMode.SharedNothing ? [] : s_newer;
        var columns = string.Join(", ", s_always.Concat(newer.Where(probe.PartitionColumns.Contains)));
        SqlText ofDatabase = database is null
            ? $"DB_NAME NOT IN ('information_schema', '_statistics_', 'sys')"
            : (SqlText)$"DB_NAME = {database}";
        SqlText ofTable = table is null ? $"" : (SqlText)$" AND TABLE_NAME = {table}";
        SqlText where = $" FROM information_schema.partitions_meta WHERE {ofDatabase}{ofTable} ORDER BY ROW_COUNT DESC LIMIT {MaxRows + 1}";
        return new()
        {
            Id = StatementId,
            Sql = $"SELECT {columns}{where}",
            Required = [.. s_always, .. mode == RunMode.SharedData ? ["STORAGE_SIZE"] : Array.Empty<string>()],
            Optional = [.. newer],
            Limits = new() { TimeoutMs = Experts.Statement.DefaultTimeoutMs, MaxRows = MaxRows, MaxBytes = 8 * 1024 * 1024 },
        };
    }

    public static IReadOnlyList<Partition> ReadAll(Evidence evidence) =>
    [
        .. from row in evidence.Rows(StatementId)
           select new Partition
           {
               Row = row,
               Database = row.Text("DB_NAME") ?? "?",
               Table = row.Text("TABLE_NAME") ?? "?",
               Name = row.Text("PARTITION_NAME") ?? "?",
               Buckets = row.Count("BUCKETS"),
               Replicas = row.Count("REPLICATION_NUM"),
               DataBytes = row.Size("DATA_SIZE"),
               StoredBytes = row.Size("STORAGE_SIZE"),
               CompactionScore = row.Number("MAX_CS"),
           },
    ];
}
