using Outrider.Grains.Diagnosis.Experts;

namespace Outrider.Grains.Diagnosis;

/// <summary>
/// Everything a report stands on: enough to make the report again without the cluster (<see cref="ReportFactory.Reanalyse"/>). As bytes:
/// docs/formats/evidence-bundle.md, written and read by <see cref="EvidenceBundleFormat"/>.
/// </summary>
public sealed record EvidenceBundle
{
    public required string ReportId { get; init; }

    public required string Expert { get; init; }

    /// <summary>Of the rules that made the report at the time.</summary>
    public required string ExpertVersion { get; init; }

    public required string Agent { get; init; }

    public required DateTimeOffset At { get; init; }

    public required double ElapsedMs { get; init; }

    /// <summary>Completed by defaults.</summary>
    public required Dictionary<string, string> Arguments { get; init; }

    public required List<StatementResult> Statements { get; init; }
}
