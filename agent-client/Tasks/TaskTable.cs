namespace Outrider.Agent.Tasks;

/// <summary>The tasks that the engine has, of each its newest attempt. Guarded by the engine's lock.</summary>
internal sealed class TaskTable(TaskJournal journal, TaskTelling told, TaskEndings ends, TaskQueue queue, TimeProvider time)
{
    private readonly Dictionary<string, TaskEntry> _tasks = new(StringComparer.Ordinal);

    /// <summary>All of them, those too that are forgotten but still run.</summary>
    public IReadOnlyCollection<TaskEntry> All => _tasks.Values;

    /// <summary>The newest attempt at a task, even if it is forgotten and still runs; null: there is none.</summary>
    public TaskEntry? Newest(string task) => _tasks.GetValueOrDefault(task);

    /// <summary>The newest attempt at a task, unless it is forgotten.</summary>
    public TaskEntry? Find(string task) => Newest(task) is { Forgotten: false } entry ? entry : null;

    /// <summary>Takes in an attempt, newer than any before at the same task.</summary>
    public void Put(TaskEntry entry) => _tasks[entry.TaskId] = entry;

    /// <summary>Takes out an attempt of which nothing is in the journal.</summary>
    public void Remove(TaskEntry entry)
    {
        if (Newest(entry.TaskId) == entry)
            _tasks.Remove(entry.TaskId);
    }

    /// <summary>Nobody wants to know of an attempt any more: it is ended, if it runs, and deleted.</summary>
    public void Forget(TaskEntry entry)
    {
        entry.Forgotten = true;
        told.Forget(entry);
        ends.Forget(entry);
        queue.Remove(entry);
        if (entry.Phase != TaskPhase.Running)
        {
            Drop(entry);
            return;
        }
        // Until what it started has ended, it stays in the journal: should the agent be killed before, the next start ends it.
        entry.Output?.Detach();
        entry.Stop(StopReason.Canceled);
    }

    /// <summary>Deletes an attempt that is forgotten and runs no more.</summary>
    public void Drop(TaskEntry entry)
    {
        Remove(entry);
        // Should this fail, the centre is told the end once more after a restart, and acknowledges it again.
        _ = journal.Append(new JournalRecord(JournalRecordKind.Forgotten, entry.TaskId, entry.Attempt, time.GetUtcNow().ToUnixTimeMilliseconds()));
        entry.Output?.Delete();
    }
}
