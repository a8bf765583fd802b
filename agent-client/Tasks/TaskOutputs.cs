using Outrider.Agent.Logging;

namespace Outrider.Agent.Tasks;

/// <summary>Makes the outputs of tasks, each with a folder of its own below the engine's.</summary>
internal sealed class TaskOutputs(string root, TaskJournal journal, TaskTelling told, AgentLog log, TimeProvider time)
{
    /// <summary>The output of a task that begins to run. Guarded by nothing: nobody knows it yet.</summary>
    public TaskOutput Begin(TaskEntry entry) => new(Kept(entry), time, () => told.Due(entry), processes =>
    {
        var record = new JournalRecord(JournalRecordKind.Processes, entry.TaskId, entry.Attempt, time.GetUtcNow().ToUnixTimeMilliseconds());
        _ = journal.Append(record with { Processes = processes });
    });

    /// <summary>The output that an earlier process left.</summary>
    /// <param name="entry">The task.</param>
    /// <param name="chunks">How many chunks it had; null: nobody has counted them yet.</param>
    public TaskOutput Left(TaskEntry entry, uint? chunks) => TaskOutput.Left(Kept(entry), time, () => told.Due(entry), chunks);

    /// <summary>Gives a task its output, which the centre may want already. Guarded by the engine's lock.</summary>
    public static void Give(TaskEntry entry, TaskOutput output)
    {
        entry.Output = output;
        if (entry is { Forgotten: false, WantedFrom: { } next })
            output.Want(next);
    }

    /// <summary>Deletes output whose task was forgotten when it couldn't be deleted.</summary>
    public void DeleteOrphans(IEnumerable<TaskEntry> tasks)
    {
        var known = tasks.Select(entry => TaskFolder.Of(root, entry.TaskId, entry.Attempt)).ToHashSet(StringComparer.Ordinal);
        foreach (var orphan in Directory.EnumerateDirectories(root).Where(folder => !known.Contains(folder)).ToList())
            TaskFolder.Delete(orphan, log);
    }

    private KeptOutput Kept(TaskEntry entry) => new(TaskFolder.Of(root, entry.TaskId, entry.Attempt), log);
}
