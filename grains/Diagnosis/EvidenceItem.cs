using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Diagnosis;

/// <summary>A statement of the plan and how it went.</summary>
public sealed record EvidenceItem
{
    public required string Id { get; init; }

    public required string Sql { get; init; }

    /// <summary><c>ok</c>, <c>failed</c>, <c>incomplete</c> (expected columns are missing) or <c>skipped</c> (needless here).</summary>
    public required string Status { get; init; }

    public int Rows { get; init; }

    /// <summary>Whether a limit cut the rows.</summary>
    public bool Truncated { get; init; }

    public double ElapsedMs { get; init; }

    public Problem? Problem { get; init; }

    /// <summary>Why it was skipped, or which columns are missing; null if neither.</summary>
    public string? Note { get; init; }
}
