namespace Outrider.Grains.Diagnosis;

/// <summary>A table of what an expert worked out, for those who want the whole picture and not only what is wrong.</summary>
public sealed record ReportTable
{
    /// <summary>Stable, such as <c>nodes</c>.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required List<string> Columns { get; init; }

    /// <summary>As many cells as columns; null: unknown.</summary>
    public required List<List<string?>> Rows { get; init; }

    /// <summary>Rows that are left out because the table would grow too long.</summary>
    public int Omitted { get; init; }
}
