using System.Text.Json;
using Outrider.Agent.Statements;

namespace Outrider.Agent.Executors.Databases;

/// <summary>What a task's result says of one statement.</summary>
internal sealed class StatementEntry(SqlStatement statement, string sql)
{
    public const string Running = "running";
    public const string Success = "success";
    public const string Failed = "failed";
    public const string Canceled = "canceled";
    public const string RolledBack = "rolled_back";
    public const string Unknown = "unknown";
    public const string NotRun = "not_run";

    public int Index { get; } = statement.Index;

    public string Status { get; set; } = Running;

    public long? AffectedRows { get; set; }

    public double? ElapsedMs { get; set; }

    public string? Error { get; set; }

    public IReadOnlyList<string>? Columns { get; set; }

    /// <summary>Rows it brought; null: it brings none.</summary>
    public long? RowCount { get; set; }

    /// <summary>The first of them.</summary>
    public List<IReadOnlyList<string?>> Rows { get; } = [];

    /// <summary>Whether it would have brought more.</summary>
    public bool IsCut { get; set; }

    /// <summary>Further members, by name: goInception's.</summary>
    public List<(string Name, string Value)> More { get; } = [];

    /// <summary>About how many bytes it takes in the result.</summary>
    public int Bytes => 256 + 2 * sql.Length + 2 * (Error?.Length ?? 0) + More.Sum(more => more.Name.Length + 2 * more.Value.Length + 8) + RowBytes;

    public int RowBytes { get; set; }

    public void Write(Utf8JsonWriter json, bool withRows)
    {
        json.WriteStartObject();
        json.WriteNumber("index", Index);
        json.WriteString("form", statement.Form);
        json.WriteString("kind", Name(statement.Kind));
        json.WriteString("risk", Name(statement.Risk));
        json.WriteString("sql", sql);
        json.WriteString("status", Status);
        if (AffectedRows is { } affected)
            json.WriteNumber("affected_rows", affected);
        if (ElapsedMs is { } elapsed)
            json.WriteNumber("elapsed_ms", Math.Round(elapsed, 3));
        if (Error is not null)
            json.WriteString("error", Error);
        foreach (var (name, value) in More)
            json.WriteString(name, value);
        if (RowCount is { } count)
            WriteRows(json, count, withRows);
        json.WriteEndObject();
    }

    private void WriteRows(Utf8JsonWriter json, long count, bool withRows)
    {
        json.WriteNumber("row_count", count);
        if (IsCut)
            json.WriteBoolean("rows_cut", true);
        if (!withRows)
            return;
        json.WriteStartArray("columns");
        foreach (var column in Columns ?? [])
            json.WriteStringValue(column);
        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in Rows)
        {
            json.WriteStartArray();
            foreach (var cell in row)
                json.WriteStringValue(cell);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    /// <summary>An enum's name as it is written in results.</summary>
    public static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
