using Outrider.Agent.Audit;
using Outrider.Agent.Logging;
using Outrider.Agent.Policy;
using Outrider.Agent.Secrets;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors;

/// <summary>The one way to an executor: the policy decides, the audit file is told, then it runs. In this order, always.</summary>
/// <param name="executors">One per type.</param>
/// <param name="audit">Where every attempt is written, refused ones too; null: nowhere (an agent without a data folder, in tests).</param>
/// <param name="log">The agent's log.</param>
/// <param name="secrets">Fills in references to secrets; null: this agent has none.</param>
public sealed class TaskGate(IReadOnlyList<IExecutor> executors, AuditFile? audit, AgentLog log, AgentSecrets? secrets = null)
{
    /// <summary>The types of task that there are.</summary>
    public IReadOnlyList<string> Types { get; } = [.. executors.Select(executor => executor.Type)];

    /// <summary>Whether this may run, without running or writing anything. Null: it may.</summary>
    public async ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation)
    {
        if (Find(task) is not { } executor)
            return Unknown(task);
        var filled = Fill(executor, task);
        return filled.Ok ? filled.Value.Mask(await executor.CheckAsync(filled.Value.Task, cancellation)) : filled.Problem;
    }

    /// <summary>Runs a task to its end, if it may run; failures of any kind are in what it returns.</summary>
    public async Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput output, CancellationToken cancellation)
    {
        if (Find(task) is not { } executor)
            return Ends.Failed(task, Admit(task, Unknown(task))!);
        var read = Fill(executor, task);
        if (!read.Ok)
            return Ends.Failed(task, Admit(task, read.Problem)!);
        var filled = read.Value;
        try
        {
            return Admit(task, filled.Mask(await executor.CheckAsync(filled.Task, cancellation))) is { } refused
                ? Ends.Failed(task, refused)
                : Finish(task, filled.Mask(await executor.RunAsync(filled.Task, output, cancellation)));
        }
        catch (OperationCanceledException)
        {
            return Finish(task, Ends.Failed(task, new Problem(ProblemCodes.Canceled, "The task was canceled.")));
        }
        catch (Exception e)
        {
            log.Error($"Task {task.TaskId} of type {task.Type} failed: {filled.Mask(e.ToString())}");
            return Finish(task, Ends.Failed(task, new Problem(ProblemCodes.Internal, "The agent failed on this task; its log says why.")));
        }
    }

    /// <summary>The task with its secrets, if it may be sent as it came.</summary>
    private Outcome<FilledTask> Fill(IExecutor executor, TaskCreate task) =>
        executor.CheckSent(task) is { } wrong ? wrong : secrets is null ? new FilledTask(task, []) : secrets.Fill(task);

    private IExecutor? Find(TaskCreate task) => executors.FirstOrDefault(executor => executor.Type == task.Type);

    /// <summary>Writes the attempt down. Null: it may run.</summary>
    private Problem? Admit(TaskCreate task, Problem? refused)
    {
        var line = Line(task, refused is null ? "allowed" : "refused") with
        {
            Command = task.Type == TaskTypes.Shell ? AuditMask.Command(task.Command) : AuditMask.Text(task.Command),
            Params = AuditMask.Params(task.Params),
            File = task.File is { } file ? $"{file.FileId} {file.Sha256}" : null,
            Rule = PolicyRefusal.RuleOf(refused),
            Outcome = refused?.Code,
        };
        var unwritten = audit?.Append(line).Problem;
        return refused ?? unwritten;
    }

    private TaskComplete Finish(TaskCreate task, TaskComplete end)
    {
        // That it ran is in the file already; a disk that filled up meanwhile loses only how it ended.
        _ = audit?.Append(Line(task, "finished") with { Outcome = end.Problem?.Code ?? end.Status, ExitCode = end.ExitCode, Rows = task.Type == TaskTypes.Sql ? end.Rows : null });
        return end;
    }

    private static AuditLine Line(TaskCreate task, string what) => new()
    {
        Event = what,
        TaskId = task.TaskId,
        Type = task.Type,
        Actor = task.Actor,
        Attempt = task.Attempt > 0 ? task.Attempt : null,
    };

    private static Problem Unknown(TaskCreate task) =>
        new(ProblemCodes.AgentLacksCapability, $"This agent does not run tasks of type '{task.Type}': its policy doesn't enable it.");
}
