namespace Outrider.Grains.Diagnosis.Experts;

/// <summary>What an expert makes of the evidence.</summary>
public sealed record Analysis
{
    /// <summary>What was looked at, to begin the summary with, such as <c>3 backends, shared-nothing, 3.3.9</c>.</summary>
    public required string Scope { get; init; }

    public required List<Finding> Findings { get; init; }

    public required Dictionary<string, string> Facts { get; init; }

    public List<ReportTable> Details { get; init; } = [];

    /// <summary>What could not be judged and why, beyond statements that failed.</summary>
    public List<string> Notes { get; init; } = [];

    /// <summary>Whether the evidence that a score needs is there.</summary>
    public required bool Judged { get; init; }
}
