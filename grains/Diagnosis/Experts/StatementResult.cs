using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Rows;

namespace Outrider.Grains.Diagnosis.Experts;

/// <summary>How a statement went: rows, or a problem, or the reason why it wasn't asked.</summary>
public sealed record StatementResult
{
    public required string Id { get; init; }

    public required string Sql { get; init; }

    public RowTable? Rows { get; init; }

    public Problem? Problem { get; init; }

    public string? Skipped { get; init; }

    /// <summary>Required columns that the answer doesn't have.</summary>
    public List<string> MissingColumns { get; init; } = [];

    public bool Truncated { get; init; }

    public double ElapsedMs { get; init; }

    /// <summary>One of <see cref="EvidenceStatuses"/>.</summary>
    public string Status => this switch
    {
        { Skipped: not null } => EvidenceStatuses.Skipped,
        { Problem: not null } => EvidenceStatuses.Failed,
        { MissingColumns.Count: > 0 } => EvidenceStatuses.Incomplete,
        _ => EvidenceStatuses.Ok,
    };

    public static StatementResult Answer(Statement statement, RowTable rows, bool truncated, double elapsedMs) => new()
    {
        Id = statement.Id,
        Sql = statement.Sql,
        Rows = rows,
        MissingColumns = [.. statement.Required.Where(column => !rows.Has(column))],
        Truncated = truncated,
        ElapsedMs = elapsedMs,
    };

    public static StatementResult Failure(Statement statement, Problem problem, double elapsedMs = 0) => new()
    {
        Id = statement.Id,
        Sql = statement.Sql,
        Problem = problem,
        ElapsedMs = elapsedMs,
    };

    public static StatementResult NotAsked(Statement statement) => new()
    {
        Id = statement.Id,
        Sql = statement.Sql,
        Skipped = statement.Skipped,
    };

    public EvidenceItem ToItem() => new()
    {
        Id = Id,
        Sql = Sql,
        Status = Status,
        Rows = Rows?.Rows.Count ?? 0,
        Truncated = Truncated,
        ElapsedMs = ElapsedMs,
        Problem = Problem,
        Note = Skipped ?? (MissingColumns.Count > 0 ? $"Missing columns: {string.Join(", ", MissingColumns)}." : null),
    };
}
