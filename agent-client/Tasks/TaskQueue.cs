using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>Which task runs next: the highest priority first, of those the first to come, as long as there is room for its type. Not thread-safe.</summary>
/// <param name="running">Most tasks at once.</param>
/// <param name="perDatabase">Most of one database type at once.</param>
internal sealed class TaskQueue(int running, int perDatabase)
{
    /// <summary>One list per priority, the highest first.</summary>
    private readonly LinkedList<TaskEntry>[] _waiting = [.. Enumerable.Range(0, TaskTypes.MaxPriority).Select(_ => new LinkedList<TaskEntry>())];

    private readonly Dictionary<string, int> _runningOf = new(StringComparer.Ordinal);

    /// <summary>Tasks that run.</summary>
    public int Running { get; private set; }

    /// <summary>Tasks that wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>Those that wait, in the order in which they would run if there were room for every type.</summary>
    public IEnumerable<TaskEntry> InOrder => _waiting.SelectMany(list => list);

    /// <summary>Lets a task wait. Returns how many go before it.</summary>
    public int Add(TaskEntry entry)
    {
        var list = ListOf(entry);
        var (before, behind) = (list.Last, 0);
        for (; before is not null && before.Value.Arrival > entry.Arrival; before = before.Previous)
            behind++;
        entry.Place = before is null ? list.AddFirst(entry) : list.AddAfter(before, entry);
        Waiting++;
        return _waiting.TakeWhile(other => other != list).Sum(other => other.Count) + list.Count - 1 - behind;
    }

    /// <summary>Takes a task out that waits. False: it doesn't.</summary>
    public bool Remove(TaskEntry entry)
    {
        if (entry.Place is not { } place)
            return false;
        ListOf(entry).Remove(place);
        entry.Place = null;
        Waiting--;
        return true;
    }

    /// <summary>Takes the next task out that may run now; it runs until <see cref="Release"/>. Null: there is none.</summary>
    public TaskEntry? Take()
    {
        if (Running >= running || InOrder.FirstOrDefault(HasRoom) is not { } entry)
            return null;
        Remove(entry);
        Running++;
        _runningOf[entry.Type] = _runningOf.GetValueOrDefault(entry.Type) + 1;
        return entry;
    }

    /// <summary>A task has ended that was taken out to run.</summary>
    public void Release(TaskEntry entry)
    {
        Running--;
        if (--_runningOf[entry.Type] == 0)
            _runningOf.Remove(entry.Type);
    }

    private bool HasRoom(TaskEntry entry) => !TaskTypes.IsDatabase(entry.Type) || _runningOf.GetValueOrDefault(entry.Type) < perDatabase;

    private LinkedList<TaskEntry> ListOf(TaskEntry entry) => _waiting[TaskTypes.MaxPriority - entry.Priority];
}
