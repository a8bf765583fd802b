using Outrider.Agent.Sql;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.SqlGuard;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors;

/// <summary>Queries of type <c>sql</c>: read-only statements, as the guard lets them through.</summary>
internal sealed class SqlExecutor(QueryRunner runner, SqlLimits limits) : IExecutor
{
    public string Type => TaskTypes.Sql;

    public ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation)
    {
        var verdict = SqlGuard.Check(task.Command ?? "");
        return ValueTask.FromResult(verdict.Allowed ? null : verdict.ToProblem());
    }

    public async Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput output, CancellationToken cancellation)
    {
        var outcome = await runner.RunAsync(task.Command ?? "", limits.Lower(task.Limits ?? limits), output, cancellation);
        return outcome.Problem is { } problem
            ? Failed(task, problem)
            : new TaskComplete { TaskId = task.TaskId, Status = TaskStatuses.Success, Rows = outcome.Rows, Truncated = outcome.Truncated };
    }

    private static TaskComplete Failed(TaskCreate task, Problem problem) => new()
    {
        TaskId = task.TaskId,
        Status = problem.Code == ProblemCodes.Canceled ? TaskStatuses.Canceled : TaskStatuses.Failed,
        Problem = problem,
    };
}
