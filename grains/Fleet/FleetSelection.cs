namespace Outrider.Grains.Fleet;

/// <summary>Filters, sorts and pages a fleet.</summary>
/// <param name="Matching">How many agents match.</param>
/// <param name="Items">Those of the page.</param>
public sealed record FleetSelection(int Matching, List<FleetAgent> Items)
{
    public static FleetSelection Of(IReadOnlyList<FleetAgent> agents, FleetQuery query)
    {
        var matching = agents.Where(agent => Matches(agent, query)).ToArray();
        Array.Sort(matching, new FleetOrder(query.Sort, query.Descending));
        var first = Math.Min((query.Page - 1L) * query.PageSize, matching.Length);
        return new FleetSelection(matching.Length, [.. matching.Skip((int)first).Take(query.PageSize)]);
    }

    private static bool Matches(FleetAgent agent, FleetQuery query) =>
        (query.Status is not { } status || agent.Status == status)
        && query.Labels.All(label => (agent.Labels.GetValueOrDefault(label.Key) ?? "") == label.Value)
        && (query.Search.Length == 0 || Has(agent.Name, query.Search) || Has(agent.Host, query.Search) || Has(agent.Os, query.Search)
            || agent.Labels.Values.Any(value => Has(value, query.Search)));

    private static bool Has(string? text, string search) => text?.Contains(search, StringComparison.OrdinalIgnoreCase) == true;
}
