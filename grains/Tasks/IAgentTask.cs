using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks;

/// <summary>One task: one state machine. Key: <c>tenant/task</c>. What it answers is saved.</summary>
public interface IAgentTask : IGrain
{
    /// <summary>
    /// Makes it and sends it to its agent, or lets it wait for that or for approval. Repeated it changes nothing. <c>agent_not_found</c>;
    /// <c>agent_offline</c>: the agent is away and it isn't to wait; <c>agent_lacks_capability</c>; <c>file_not_found</c>.
    /// </summary>
    [Idempotent]
    Task<Outcome<TaskRecord>> CreateAsync(TaskRequest request);

    /// <summary>How it stands. <c>task_not_found</c>.</summary>
    [Idempotent]
    Task<Outcome<TaskRecord>> GetAsync();

    /// <summary>
    /// Cancels it: at once if the agent hasn't got it, else the agent is told, and it is canceled when the agent says so. Repeated it changes
    /// nothing. <c>task_not_found</c>; <c>conflict</c>: it is over.
    /// </summary>
    [Idempotent]
    Task<Outcome<TaskRecord>> CancelAsync(string by);

    /// <summary>Approves or rejects. <c>task_not_found</c>; <c>forbidden</c>: who asked for the task can't; <c>conflict</c>: there is nothing to decide.</summary>
    Task<Outcome<TaskRecord>> DecideAsync(bool approve, string by, string? note);

    /// <summary>Removes it and its log. <c>task_not_found</c>; <c>conflict</c>: it isn't over, and <paramref name="force"/> isn't said, which cancels it first.</summary>
    Task<Outcome<Done>> DeleteAsync(string by, bool force);

    /// <summary>
    /// Tells the watcher of every change from now on until a minute after the last such call, and of the log if asked: what is in memory
    /// after <paramref name="seen"/> chunks of the present attempt, then what comes. How it stands now. <c>task_not_found</c>, <c>quota_exceeded</c>.
    /// </summary>
    [Idempotent]
    Task<Outcome<TaskRecord>> WatchAsync(ObserverRef<ITaskWatcher> watcher, bool log, uint seen);

    /// <summary>The watcher wants to hear no more.</summary>
    [Idempotent]
    Task UnwatchAsync(ObserverRef<ITaskWatcher> watcher);

    /// <summary>An agent says how it is doing. <c>task_not_found</c>: it has no such task, or not this attempt any more, and should forget it.</summary>
    [Idempotent]
    Task<Outcome<Done>> ReportAsync(string agent, TaskReport report);

    /// <summary>
    /// Takes chunks of the log, in order (<see cref="LogChunkCodec.Join"/>); those that it has are passed over. The number that is due next.
    /// <c>task_not_found</c> as of <see cref="ReportAsync"/>.
    /// </summary>
    [Idempotent]
    Task<Outcome<uint>> TakeLogAsync(string agent, int attempt, byte[] chunks);

    /// <summary>Takes the end of an attempt; it is kept for good when this succeeds. <c>task_not_found</c> as of <see cref="ReportAsync"/>.</summary>
    [Idempotent]
    Task<Outcome<Done>> CompleteAsync(string agent, TaskComplete completion);

    /// <summary>
    /// The agent is linked anew and has told all that it has: what it says of this task, or that it doesn't know it (null). The task is
    /// sent, taken up again, canceled, or found lost.
    /// </summary>
    [Idempotent]
    Task ReconcileAsync(string agent, TaskReport? known, ObserverRef<IAgentLink> link);

    /// <summary>The time has come to look at it, or it was made by its fan-out.</summary>
    [Idempotent]
    Task WakeAsync();
}
