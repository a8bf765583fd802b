using System.Text.Json;
using Outrider.Grains.Diagnosis.Cells;
using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis.Storage;

/// <summary>One disk of a backend, as its metrics show it. Null: no such metric.</summary>
public sealed record Disk
{
    public required long Node { get; init; }

    public required string Path { get; init; }

    public long? FreeBytes { get; init; }

    public long? TotalBytes { get; init; }

    /// <summary>The metric disks_state: 1 while the backend uses the disk, 0 once it has taken it out.</summary>
    public Row? State { get; init; }

    public double? UsedPercent => FreeBytes is { } free && TotalBytes is > 0 and { } total ? 100.0 * (total - free) / total : null;

    public static IReadOnlyList<Disk> ReadAll(Evidence evidence) =>
    [
        .. from row in evidence.Rows(NodeStatements.Disks.Id)
           let node = row.Count("BE_ID")
           where node is not null
           group row by (Node: node.Value, Path: PathOf(row.Text("LABELS"))) into rows
           select new Disk
           {
               Node = rows.Key.Node,
               Path = rows.Key.Path,
               FreeBytes = Find(rows, "disks_avail_capacity")?.Count("VALUE"),
               TotalBytes = Find(rows, "disks_total_capacity")?.Count("VALUE"),
               State = Find(rows, "disks_state"),
           },
    ];

    /// <summary>By the end of the name, because versions differ in its prefix.</summary>
    private static Row? Find(IEnumerable<Row> rows, string metric)
    {
        foreach (var row in rows)
        {
            if (row.Text("NAME")?.EndsWith(metric, StringComparison.OrdinalIgnoreCase) == true)
                return row;
        }
        return null;
    }

    /// <summary>The path in labels such as <c>{"path":"/data"}</c>; the labels themselves when they are written another way.</summary>
    private static string PathOf(string? labels)
    {
        try
        {
            using var json = JsonDocument.Parse(labels ?? "", new() { MaxDepth = 4 });
            return json.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("path", out var path)
                && path.ValueKind == JsonValueKind.String ? path.GetString()! : labels!; // not null: they were parsed
        }
        catch (JsonException)
        {
            return labels ?? "?";
        }
    }
}
