namespace Outrider.Grains.Diagnosis;

/// <summary>One fact with its evidence.</summary>
public sealed record Finding
{
    /// <summary>Stable, such as <c>disk_critical</c>.</summary>
    public required string Code { get; init; }

    /// <summary><c>critical</c>, <c>warning</c> or <c>info</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>What it is about, such as a node or table; null for the cluster.</summary>
    public string? Subject { get; init; }

    public required string Message { get; init; }

    public required List<EvidenceRow> Evidence { get; init; }

    /// <summary>What to do, as text; nothing of it is ever executed.</summary>
    public required List<string> Advice { get; init; }
}
