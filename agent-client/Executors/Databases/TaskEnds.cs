using System.Text.Json;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Databases;

/// <summary>How tasks end.</summary>
internal static class TaskEnds
{
    public static TaskComplete Failed(TaskCreate task, Problem problem) => Ended(task, problem, null);

    /// <summary>Success, when there is no problem.</summary>
    public static TaskComplete Ended(TaskCreate task, Problem? problem, JsonElement? result) => new()
    {
        TaskId = task.TaskId,
        Status = problem is null ? TaskStatuses.Success : problem.Code == ProblemCodes.Canceled ? TaskStatuses.Canceled : TaskStatuses.Failed,
        Problem = problem,
        Result = result,
    };
}
