namespace Outrider.Grains.Agents;

/// <summary>The entries of a directory with the number of their last change, so that who follows it is told only what changed.</summary>
internal sealed class RosterLog
{
    private readonly Dictionary<string, (long Number, AgentEntry Entry)> _entries = new(StringComparer.Ordinal);
    private string _run = NewRun();
    private long _number;

    /// <summary>Names of which nothing is known yet.</summary>
    public void Begin(IEnumerable<string> names)
    {
        foreach (var name in names)
            Note(new AgentEntry(name, null));
    }

    public void Note(AgentEntry entry) => _entries[entry.Name] = (++_number, entry);

    /// <summary>Begins a new run: a name that is gone has no entry that could say so.</summary>
    public void Remove(string name)
    {
        _entries.Remove(name);
        _run = NewRun();
    }

    /// <inheritdoc cref="IAgentDirectory.FollowAsync"/>
    public AgentRoster Since(string? run, long after, int limit)
    {
        var from = run == _run ? after : 0;
        var changed = _entries.Values.Where(one => one.Number > from).OrderBy(one => one.Number).Take(limit).ToList();
        return new AgentRoster(_run, changed.Count > 0 ? changed[^1].Number : from, changed.ConvertAll(one => one.Entry));
    }

    private static string NewRun() => Guid.NewGuid().ToString("N");
}
