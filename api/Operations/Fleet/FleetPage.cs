using Outrider.Grains.Fleet;

namespace Outrider.Api.Operations.Fleet;

/// <summary>A page of the fleet.</summary>
public sealed record FleetPage
{
    /// <summary>As of when; usually less than 2 seconds ago.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What all agents come to, whatever was asked for.</summary>
    public required FleetTotals Totals { get; init; }

    /// <summary>How many agents match what was asked for.</summary>
    public required int Matching { get; init; }

    /// <summary>The page's number; the first is 1.</summary>
    public required int Page { get; init; }

    /// <summary>Agents of a page at most.</summary>
    public required int PageSize { get; init; }

    /// <summary>Its agents; none past the last page.</summary>
    public required IReadOnlyList<FleetAgent> Items { get; init; }
}
