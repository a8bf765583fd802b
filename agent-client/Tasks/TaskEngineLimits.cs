using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>How much a task engine takes on. The agent's policy can only lower it.</summary>
/// <param name="Running">Most tasks at once.</param>
/// <param name="DatabaseTasks">Most of one database type at once.</param>
/// <param name="Queued">Most that wait.</param>
/// <param name="TimeoutSeconds">Longest that a task may run, whatever it asks for.</param>
public sealed record TaskEngineLimits(
    int Running = TaskLimits.Running,
    int DatabaseTasks = TaskLimits.DatabaseTasks,
    int Queued = TaskLimits.Queued,
    int TimeoutSeconds = TaskTypes.MaxTimeoutSeconds);
