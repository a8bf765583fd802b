namespace Outrider.Agent.Collectors.Processes;

/// <summary>
/// Processes by name, and which names are told of: those that use most CPU and those that use most memory. One that was among them is
/// told of for a while longer, so that its series has no holes, and a batch's series are mostly those of the batch before.
/// </summary>
internal sealed class ProcessGroups
{
    /// <summary>Ten minutes at 5 s.</summary>
    private const int StayRuns = 120;

    private readonly SortedDictionary<string, ProcessGroup> _groups = new(StringComparer.Ordinal);

    public void Clear()
    {
        foreach (var group in _groups.Values)
            group.Clear();
    }

    public void Add(string name, double? cpuPercent, long memoryBytes, int threads)
    {
        if (!_groups.TryGetValue(name, out var group))
            _groups.Add(name, group = new ProcessGroup(name));
        group.Add(cpuPercent, memoryBytes, threads);
    }

    /// <summary>The groups to tell of, by name; at most four times <paramref name="top"/>.</summary>
    public List<ProcessGroup> Select(int top)
    {
        foreach (var gone in _groups.Values.Where(group => group.Count == 0).ToArray())
            _groups.Remove(gone.Name);
        foreach (var group in _groups.Values)
            group.Stays = Math.Max(0, group.Stays - 1);
        foreach (var group in _groups.Values.Where(group => group.CpuPercent > 0).OrderByDescending(group => group.CpuPercent).Take(top))
            group.Stays = StayRuns;
        foreach (var group in _groups.Values.OrderByDescending(group => group.MemoryBytes).Take(top))
            group.Stays = StayRuns;
        var stays = _groups.Values.Where(group => group.Stays > 0).ToList();
        return stays.Count <= 4 * top
            ? stays
            : [.. stays.OrderByDescending(group => group.Stays).Take(4 * top).OrderBy(group => group.Name, StringComparer.Ordinal)];
    }
}
