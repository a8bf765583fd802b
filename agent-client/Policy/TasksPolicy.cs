using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Policy;

/// <summary>The policy for tasks of all types. Limits can only be lowered below the standard ones.</summary>
/// <param name="AtOnce">Most tasks that run at once; more wait.</param>
/// <param name="DatabasesAtOnce">Most tasks of one database type that run at once.</param>
/// <param name="TimeoutSeconds">Longest time a task may run, whatever it asks for.</param>
/// <param name="Queued">Most tasks that wait.</param>
/// <param name="OutputBytes">Bytes kept of a stream of a task's output, half of its beginning and half of its end.</param>
public sealed record TasksPolicy(
    int AtOnce = TaskLimits.Running,
    int DatabasesAtOnce = TaskLimits.DatabaseTasks,
    int TimeoutSeconds = TaskTypes.MaxTimeoutSeconds,
    int Queued = TaskLimits.Queued,
    int OutputBytes = TaskLimits.KeptHead + TaskLimits.KeptTail)
{
    private const int MinOutput = 4096;
    private const int MaxOutput = TaskLimits.KeptHead + TaskLimits.KeptTail;

    internal string? Fault() =>
        AtOnce is < 1 or > TaskLimits.Running ? $"tasks.at_once must be 1 to {TaskLimits.Running}"
        : DatabasesAtOnce is < 1 or > TaskLimits.DatabaseTasks ? $"tasks.databases_at_once must be 1 to {TaskLimits.DatabaseTasks}"
        : TimeoutSeconds is < 1 or > TaskTypes.MaxTimeoutSeconds ? $"tasks.timeout_seconds must be 1 to {TaskTypes.MaxTimeoutSeconds}"
        : Queued is < 0 or > TaskLimits.Queued ? $"tasks.queued must be 0 to {TaskLimits.Queued}"
        : OutputBytes is < MinOutput or > MaxOutput ? $"tasks.output_bytes must be {MinOutput} to {MaxOutput}"
        : null;
}
