using Outrider.Agent.Audit;
using Outrider.Agent.Logging;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors;

/// <summary>The one way to an executor: the policy decides, the audit file is told, then it runs. In this order, always.</summary>
/// <param name="executors">One per type.</param>
/// <param name="audit">Where every attempt is written, refused ones too; null: nowhere (an agent without a data folder, in tests).</param>
/// <param name="log">The agent's log.</param>
public sealed class TaskGate(IReadOnlyList<IExecutor> executors, AuditFile? audit, AgentLog log)
{
    /// <summary>The types of task that there are.</summary>
    public IReadOnlyList<string> Types { get; } = [.. executors.Select(executor => executor.Type)];

    /// <summary>Whether this may run, without running or writing anything. Null: it may.</summary>
    public async ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation) =>
        Find(task) is { } executor ? executor.CheckSent(task) ?? await executor.CheckAsync(task, cancellation) : Unknown(task);

    /// <summary>Runs a task to its end, if it may run; failures of any kind are in what it returns.</summary>
    public async Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput output, CancellationToken cancellation)
    {
        try
        {
            if (Find(task) is not { } executor)
                return Failed(task, Unknown(task));
            return Admit(task, executor.CheckSent(task) ?? await executor.CheckAsync(task, cancellation)) is { } refused
                ? Failed(task, refused)
                : Finish(task, await executor.RunAsync(task, output, cancellation));
        }
        catch (OperationCanceledException)
        {
            return Finish(task, Failed(task, new Problem(ProblemCodes.Canceled, "The task was canceled.")));
        }
        catch (Exception e)
        {
            log.Error($"Task {task.TaskId} of type {task.Type} failed: {e}");
            return Finish(task, Failed(task, new Problem(ProblemCodes.Internal, "The agent failed on this task; its log says why.")));
        }
    }

    private IExecutor? Find(TaskCreate task) => executors.FirstOrDefault(executor => executor.Type == task.Type);

    /// <summary>Writes the attempt down. Null: it may run.</summary>
    private Problem? Admit(TaskCreate task, Problem? refused)
    {
        var line = Line(task, refused is null ? "allowed" : "refused") with
        {
            Command = task.Command,
            Rule = refused?.Details?.GetValueOrDefault("rule"),
            Outcome = refused?.Code,
        };
        var unwritten = audit?.Append(line).Problem;
        return refused ?? unwritten;
    }

    private TaskComplete Finish(TaskCreate task, TaskComplete end)
    {
        // That it ran is in the file already; a disk that filled up meanwhile loses only how it ended.
        _ = audit?.Append(Line(task, "finished") with { Outcome = end.Problem?.Code ?? end.Status, Rows = end.Rows });
        return end;
    }

    private static AuditLine Line(TaskCreate task, string what) => new() { Event = what, TaskId = task.TaskId, Type = task.Type, Actor = task.Actor };

    private static Problem Unknown(TaskCreate task) =>
        new(ProblemCodes.AgentLacksCapability, $"This agent does not run tasks of type '{task.Type}': its policy doesn't enable it.");

    private static TaskComplete Failed(TaskCreate task, Problem problem) => new()
    {
        TaskId = task.TaskId,
        Status = problem.Code == ProblemCodes.Canceled ? TaskStatuses.Canceled : TaskStatuses.Failed,
        Problem = problem,
    };
}
