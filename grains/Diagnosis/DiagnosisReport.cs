namespace Outrider.Grains.Diagnosis;

/// <summary>An expert's answer.</summary>
public sealed record DiagnosisReport
{
    public required string Id { get; init; }

    public required string Expert { get; init; }

    public required string ExpertVersion { get; init; }

    public required string Agent { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Milliseconds it took to gather the evidence and analyse it.</summary>
    public required double ElapsedMs { get; init; }

    /// <summary>Whether this answer came from the cache.</summary>
    public bool Cached { get; init; }

    /// <summary>0 to 100; null when too little evidence came to judge.</summary>
    public required int? Score { get; init; }

    /// <summary>EXCELLENT, GOOD, FAIR, POOR, or UNKNOWN without a score.</summary>
    public required string Level { get; init; }

    /// <summary>HEALTHY, WARNING, CRITICAL, or UNKNOWN.</summary>
    public required string Status { get; init; }

    /// <summary>One paragraph for people.</summary>
    public required string Summary { get; init; }

    public required List<Finding> Findings { get; init; }

    /// <summary>How the score came about: 100 minus these.</summary>
    public required List<Deduction> Deductions { get; init; }

    /// <summary>Every statement that was asked, with how it went.</summary>
    public required List<EvidenceItem> Evidence { get; init; }

    /// <summary>Facts the expert worked out, such as version, run mode or totals, by name.</summary>
    public required Dictionary<string, string> Facts { get; init; }

    /// <summary>What to know about the report itself: evidence that is missing or cut, what could therefore not be judged.</summary>
    public List<string> Notes { get; init; } = [];

    /// <summary>The whole picture in tables; null unless the argument <c>include_details</c> asked for it.</summary>
    public List<ReportTable>? Details { get; init; }

    /// <summary>Minutes after which to look again.</summary>
    public required int NextCheckMinutes { get; init; }
}
