namespace Outrider.Agent.Tasks;

/// <summary>What the records of a journal amount to. Not thread-safe.</summary>
internal sealed class JournalTable
{
    /// <summary>So many forgotten attempts are remembered, the newest, so that none of them is run twice.</summary>
    private const int MaxForgotten = 10_000;

    private readonly Dictionary<(string Task, int Attempt), JournalEntry> _entries = [];
    private readonly HashSet<(string Task, int Attempt)> _forgotten = [];
    private readonly Queue<(string Task, int Attempt)> _oldest = [];

    /// <summary>The attempts that aren't forgotten.</summary>
    public IEnumerable<JournalEntry> Entries => _entries.Values;

    /// <summary>Those remembered as forgotten, the oldest first.</summary>
    public IEnumerable<(string Task, int Attempt)> Forgotten => _oldest;

    public JournalEntry? Find(string task, int attempt) => _entries.GetValueOrDefault((task, attempt));

    public bool IsForgotten(string task, int attempt) => _forgotten.Contains((task, attempt));

    /// <summary>Takes a record in.</summary>
    public void Apply(JournalRecord record, JournalPlace place)
    {
        var key = (record.TaskId, record.Attempt);
        if (record.Kind == JournalRecordKind.Forgotten)
        {
            _entries.Remove(key);
            Forget(key);
            return;
        }
        if (_forgotten.Contains(key))
            return;
        if (!_entries.TryGetValue(key, out var entry))
        {
            // A journal that was compacted has only the end of what has ended.
            if (record.Kind is not (JournalRecordKind.Accepted or JournalRecordKind.Ended))
                return;
            _entries[key] = entry = new JournalEntry(record.TaskId, record.Attempt);
        }
        Apply(entry, record);
        entry.Records.Add(place);
    }

    private static void Apply(JournalEntry entry, JournalRecord record)
    {
        switch (record.Kind)
        {
            case JournalRecordKind.Accepted when record.Task is { } task:
                (entry.Type, entry.Priority) = (task.Type, task.Priority);
                break;
            case JournalRecordKind.Started:
                entry.StartedAt = record.At;
                break;
            case JournalRecordKind.Processes when record.Processes is { } processes:
                entry.Processes.Add(processes);
                break;
            case JournalRecordKind.Ended:
                (entry.HasEnded, entry.StartedAt, entry.Chunks) = (true, record.End?.StartedAt, record.End?.Log?.Chunks ?? 0);
                entry.Processes.Clear();
                entry.Records.Clear();
                break;
        }
    }

    private void Forget((string Task, int Attempt) key)
    {
        if (!_forgotten.Add(key))
            return;
        _oldest.Enqueue(key);
        if (_oldest.Count > MaxForgotten)
            _forgotten.Remove(_oldest.Dequeue());
    }
}
