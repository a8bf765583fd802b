using Outrider.Agent.Executors;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>Runs a task that is in the journal, until it ends, is told to stop, or its time is up.</summary>
internal sealed class TaskRuns(TaskJournal journal, TaskGate gate, TaskEngineLimits limits, TimeProvider time)
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Runs it to its end, which it returns whatever happens. What it started has ended by then.</summary>
    public async Task<TaskComplete> RunAsync(TaskEntry entry, TaskOutput output)
    {
        var end = journal.ReadTask(entry.TaskId, entry.Attempt) is { } task
            ? await RunAsync(task, entry, output)
            : TaskEnds.Unrun(entry.TaskId, entry.Attempt, new Problem(ProblemCodes.Unavailable, "The agent can't read its task journal; its log says why."), Now);
        output.End();
        return end with { Log = output.Totals is { Chunks: > 0 } totals ? totals : null };
    }

    private async Task<TaskComplete> RunAsync(TaskCreate task, TaskEntry entry, TaskOutput output)
    {
        var started = time.GetTimestamp();
        var seconds = Math.Min(task.TimeoutSeconds, limits.TimeoutSeconds);
        TaskComplete end;
        await using (time.CreateTimer(_ => entry.Stop(StopReason.TimedOut), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan))
            end = await gate.RunAsync(task, output, entry.Stopping);
        end = TaskEnds.Concluded(end, entry, TaskEnds.ProblemOf(entry.StopReason, seconds)) with
        {
            FinishedAt = Now,
            ElapsedMs = time.GetElapsedTime(started).TotalMilliseconds,
        };
        if (TaskEnds.IsSendable(end))
            return end;
        await output.NoteAsync("The result is longer or deeper than a result may be; it was left out.", CancellationToken.None);
        return end with { Result = null };
    }
}
