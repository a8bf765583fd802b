using Outrider.Agent.Logging;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>Writes down how tasks ended, and lets the centre know once that is on the disk. Guarded by the engine's lock.</summary>
internal sealed class TaskEndings(Lock engine, TaskJournal journal, TaskTelling told, AgentLog log, TimeProvider time)
{
    /// <summary>Refused tasks whose end is kept, in memory only.</summary>
    private const int MaxRefused = TaskLimits.Queued;

    private readonly List<(TaskEntry Entry, TaskComplete End)> _unwritten = [];
    private int _refused;

    /// <summary>Writes down how a task ended. Until that succeeds the centre isn't told.</summary>
    public void Write(TaskEntry entry, TaskComplete end)
    {
        entry.Phase = TaskPhase.Ending;
        var record = new JournalRecord(JournalRecordKind.Ended, entry.TaskId, entry.Attempt, time.GetUtcNow().ToUnixTimeMilliseconds()) { End = end };
        if (journal.Append(record) is { } unwritable)
        {
            log.Error($"How task {entry.TaskId} ended can't be written down yet: {unwritable.Message}");
            _unwritten.Add((entry, end));
            return;
        }
        _ = TellAsync(entry);
    }

    /// <summary>Tries again what couldn't be written.</summary>
    public void Retry()
    {
        var unwritten = _unwritten.ToList();
        _unwritten.Clear();
        unwritten.ForEach(one => Write(one.Entry, one.End));
    }

    /// <summary>Keeps the end of a task that isn't in the journal. False: too many are kept.</summary>
    public bool Refuse(TaskEntry entry, TaskComplete end)
    {
        if (_refused >= MaxRefused)
            return false;
        _refused++;
        entry.Refusal = end;
        Tell(entry);
        return true;
    }

    /// <summary>Nobody wants to know how it ended.</summary>
    public void Forget(TaskEntry entry)
    {
        _unwritten.RemoveAll(one => one.Entry == entry);
        if (entry.Refusal is not null)
            _refused--;
    }

    private async Task TellAsync(TaskEntry entry)
    {
        if (await journal.ForceAsync() is { } unforced)
            log.Error(unforced.Message);
        lock (engine)
        {
            if (!entry.Forgotten)
                Tell(entry);
        }
    }

    private void Tell(TaskEntry entry)
    {
        entry.Phase = TaskPhase.Ended;
        told.Tell(entry, TaskReport.Ended);
        told.Due(entry);
    }
}
