using Outrider.Agent.Audit;
using Outrider.Agent.Sql;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.SqlGuard;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors;

/// <summary>Tasks of type <c>sql</c>: the guard decides, the audit file is told, then the statement runs. In this order, always.</summary>
internal sealed class SqlExecutor(QueryRunner runner, SqlLimits limits, AuditFile audit) : IExecutor
{
    public string Type => "sql";

    public async Task<TaskComplete> RunAsync(TaskCreate task, IPayloadSink payload, CancellationToken cancellation)
    {
        var sql = task.Command ?? "";
        var verdict = SqlGuard.Check(sql);
        var line = new AuditLine { Event = verdict.Allowed ? "allowed" : "refused", TaskId = task.TaskId, Type = Type, Actor = task.Actor };
        var noted = audit.Append(line with { Command = sql, Rule = verdict.Rule });
        if (!verdict.Allowed)
            return Failed(task, verdict.ToProblem());
        if (!noted.Ok)
            return Failed(task, noted.Problem);

        var outcome = await runner.RunAsync(sql, limits.Lower(task.Limits ?? limits), payload, cancellation);
        // That it ran is in the file already; a disk that filled up meanwhile loses only how it ended.
        _ = audit.Append(line with { Event = "finished", Outcome = outcome.Problem?.Code ?? TaskStatuses.Success, Rows = outcome.Rows });
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
