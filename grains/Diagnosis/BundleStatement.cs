using Outrider.Grains.Diagnosis.Experts;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Rows;

namespace Outrider.Grains.Diagnosis;

/// <summary>A statement in an evidence bundle. Without rows it failed or was skipped.</summary>
internal sealed record BundleStatement
{
    public required string Id { get; init; }

    public required string Sql { get; init; }

    public double ElapsedMs { get; init; }

    public bool Truncated { get; init; }

    public Problem? Problem { get; init; }

    public string? Skipped { get; init; }

    public List<string>? MissingColumns { get; init; }

    public List<BundleColumn>? Columns { get; init; }

    public List<string?[]>? Rows { get; init; }

    /// <summary>Whether every row has a cell for every column.</summary>
    public bool IsWellFormed => (Columns is null) == (Rows is null)
        && Columns?.Exists(column => column?.Name is null || column.Type is null) != true
        && Rows?.Exists(row => row?.Length != Columns?.Count) != true
        && MissingColumns?.Exists(column => column is null) != true;

    public static BundleStatement Of(StatementResult result) => new()
    {
        Id = result.Id,
        Sql = result.Sql,
        ElapsedMs = result.ElapsedMs,
        Truncated = result.Truncated,
        Problem = result.Problem,
        Skipped = result.Skipped,
        MissingColumns = result.MissingColumns.Count > 0 ? result.MissingColumns : null,
        Columns = result.Rows is { } table ? [.. table.Columns.Select(BundleColumn.Of)] : null,
        Rows = result.Rows is { } rows ? [.. rows.Rows] : null,
    };

    public StatementResult ToResult() => new()
    {
        Id = Id,
        Sql = Sql,
        ElapsedMs = ElapsedMs,
        Truncated = Truncated,
        Problem = Problem,
        Skipped = Skipped,
        MissingColumns = MissingColumns ?? [],
        Rows = Columns is null ? null : new RowTable([.. Columns.Select(column => column.ToColumn())], Rows ?? []),
    };
}
