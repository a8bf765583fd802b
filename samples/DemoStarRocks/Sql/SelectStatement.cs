namespace Outrider.Samples.DemoStarRocks.Sql;

/// <summary>The part of SELECT that the demo evaluates.</summary>
public sealed record SelectStatement
{
    /// <summary>The select list.</summary>
    public required IReadOnlyList<SelectItem> Items { get; init; }

    /// <summary>schema.table in lower case; null without FROM.</summary>
    public string? Table { get; init; }

    /// <summary>All must be met.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>Columns to sort by.</summary>
    public IReadOnlyList<(Token Column, bool IsDescending)> Order { get; init; } = [];

    /// <summary>Most rows to give.</summary>
    public int Limit { get; init; } = int.MaxValue;
}
