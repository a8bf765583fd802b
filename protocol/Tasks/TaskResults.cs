using Outrider.Protocol.Outcomes;

namespace Outrider.Protocol.Tasks;

/// <summary>Results that a link gives in the agent's place.</summary>
public static class TaskResults
{
    public static Problem LinkLost { get; } = new(ProblemCodes.LinkLost,
        "The link to the agent broke before the task's result had arrived; the task may have run. Ask again when the agent is online.")
    {
        RetryAfterSeconds = 5,
    };

    public static TaskResult Ended(TaskCreate task, string status, Problem problem) =>
        new(new TaskComplete { TaskId = task.TaskId, Status = status, Problem = problem }, []);

    /// <summary>The end of a task that was never sent or that nobody awaits any more.</summary>
    public static TaskResult Refused(TaskCreate task, Problem problem) => Ended(task, problem.Code switch
    {
        ProblemCodes.LinkLost => TaskStatuses.Lost,
        ProblemCodes.Canceled => TaskStatuses.Canceled,
        _ => TaskStatuses.Failed,
    }, problem);
}
