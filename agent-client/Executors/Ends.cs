using System.Text.Json;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors;

/// <summary>How executors' tasks end.</summary>
internal static class Ends
{
    /// <summary>Success when there is no problem.</summary>
    public static TaskComplete Of(TaskCreate task, Problem? problem, JsonElement? result) =>
        problem is null ? new() { TaskId = task.TaskId, Status = TaskStatuses.Success, Result = result } : Failed(task, problem, result);

    public static TaskComplete Success(TaskCreate task, JsonElement result) =>
        new() { TaskId = task.TaskId, Status = TaskStatuses.Success, Result = result };

    /// <param name="task">The task.</param>
    /// <param name="problem">Why.</param>
    /// <param name="result">What it brought all the same; null: nothing.</param>
    public static TaskComplete Failed(TaskCreate task, Problem problem, JsonElement? result = null) => new()
    {
        TaskId = task.TaskId,
        Status = problem.Code == ProblemCodes.Canceled ? TaskStatuses.Canceled : TaskStatuses.Failed,
        Problem = problem,
        Result = result,
    };
}
