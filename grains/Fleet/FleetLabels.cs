namespace Outrider.Grains.Fleet;

/// <summary>The labels that agents have, to filter by.</summary>
/// <param name="Items">By name.</param>
public sealed record FleetLabels(IReadOnlyList<FleetLabel> Items)
{
    /// <summary>Names that are listed at most, those of most agents.</summary>
    public const int MaxNames = 100;

    /// <summary>Values of a name that are listed at most, those of most agents.</summary>
    public const int MaxValues = 200;

    public static FleetLabels Of(IEnumerable<FleetAgent> agents)
    {
        var counts = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        foreach (var (name, value) in agents.SelectMany(agent => agent.Labels))
        {
            if (!counts.TryGetValue(name, out var values))
                counts.Add(name, values = new Dictionary<string, int>(StringComparer.Ordinal));
            values[value] = values.GetValueOrDefault(value) + 1;
        }
        return new FleetLabels(
        [
            .. counts.OrderByDescending(label => label.Value.Values.Sum()).ThenBy(label => label.Key, StringComparer.Ordinal).Take(MaxNames)
                .OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => new FleetLabel(label.Key, ValuesOf(label.Value))),
        ]);
    }

    private static List<FleetLabelValue> ValuesOf(Dictionary<string, int> counts) =>
    [
        .. counts.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).Take(MaxValues)
            .OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => new FleetLabelValue(one.Key, one.Value)),
    ];
}
