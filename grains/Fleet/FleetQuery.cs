using Outrider.Grains.Agents;

namespace Outrider.Grains.Fleet;

/// <summary>Which agents of a fleet, in which order, and which page of them.</summary>
public sealed record FleetQuery
{
    /// <summary>Agents of a page at most.</summary>
    public const int MaxPageSize = 200;

    public const int DefaultPageSize = 100;

    /// <summary>A text that the name, the host, the operating system or the value of a label has in it, in capitals or not; empty: any.</summary>
    public string Search { get; init; } = "";

    /// <summary>Labels that an agent must have, all of them. An empty value: the label isn't there, or is empty.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>Null: any.</summary>
    public AgentStatus? Status { get; init; }

    public FleetSort Sort { get; init; }

    /// <summary>The other way round than lowest, first or (by <see cref="FleetSort.Worst"/>) worst first.</summary>
    public bool Descending { get; init; }

    /// <summary>The first is 1.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = DefaultPageSize;
}
