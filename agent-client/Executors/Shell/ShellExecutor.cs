using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Outrider.Agent.Executors.Processes;
using Outrider.Agent.Policy.Paths;
using Outrider.Agent.Policy.Shell;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Shell;

/// <summary>Tasks of type <c>shell</c>: one command, or a pipeline, that the policy allows. Linux only.</summary>
internal sealed class ShellExecutor(ShellPolicy policy, ShellRules rules, TimeProvider time) : IExecutor
{
    public string Type => TaskTypes.Shell;

    public ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation) => ValueTask.FromResult(Judge(task).Problem);

    public async Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput output, CancellationToken cancellation)
    {
        var judged = Judge(task);
        if (!judged.Ok)
            return Ended(task, judged.Problem);
        var plan = judged.Value;
        using var timeUp = new CancellationTokenSource(TimeSpan.FromSeconds(policy.MaxTimeoutSeconds), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeUp.Token);
        try
        {
            using var run = new ProcessRun(ToProcess(plan), output, time);
            var end = await run.RunAsync(stop.Token);
            return Ended(task, Problem(plan, end, cancellation, timeUp.Token)) with
            {
                ExitCode = end.ExitCode,
                Result = JsonSerializer.SerializeToElement(end.Output.Text(), ShellJson.Default.String),
            };
        }
        catch (Win32Exception e)
        {
            return Ended(task, new Problem(ProblemCodes.Unavailable, $"'{plan.Stages[0].Program}' can't be started: {e.Message}"));
        }
    }

    /// <summary>What the policy makes of a task.</summary>
    internal Outcome<ShellPlan> Judge(TaskCreate task)
    {
        if (!ProcessRun.IsPossible)
            return new Problem(ProblemCodes.Unavailable, "Commands need Linux with setsid and prlimit of util-linux, which this machine lacks.");
        var read = TaskParams.Read(task, ShellJson.Default.ShellParams);
        if (!read.Ok)
            return read.Problem;
        var given = read.Value;
        return rules.Judge(new ShellRequest(task.Command, given.Args, given.Shell == true, given.Directory, given.Environment, given.User));
    }

    private ProcessPlan ToProcess(ShellPlan plan)
    {
        var user = plan.User ?? Environment.UserName;
        var environment = new Dictionary<string, string>(plan.Environment, StringComparer.Ordinal)
        {
            ["PATH"] = ProgramFinder.SearchPath,
            ["LANG"] = plan.Environment.GetValueOrDefault("LANG", "C.UTF-8"),
            ["HOME"] = LocalUsers.HomeOf(user) ?? "/",
            ["USER"] = user,
            ["LOGNAME"] = user,
        };
        return new ProcessPlan
        {
            Vector = plan.Vector,
            Directory = plan.Directory,
            Environment = environment,
            User = user == Environment.UserName ? null : user,
            Limits = [.. Limits()],
        };
    }

    private IEnumerable<string> Limits()
    {
        (string Name, long? Value)[] limits =
            [("as", policy.MaxMemoryBytes), ("nproc", policy.MaxProcesses), ("nofile", policy.MaxFiles), ("cpu", policy.MaxCpuSeconds)];
        return limits.Where(limit => limit.Value is not null).Select(limit => string.Create(CultureInfo.InvariantCulture, $"--{limit.Name}={limit.Value}"));
    }

    private Problem? Problem(ShellPlan plan, ProcessEnd end, CancellationToken cancellation, CancellationToken timeUp) =>
        end.Stopped && cancellation.IsCancellationRequested ? new(ProblemCodes.Canceled, "The command was stopped.")
        : end.Stopped && timeUp.IsCancellationRequested
            ? new(ProblemCodes.TimedOut, $"The command ran for {policy.MaxTimeoutSeconds} s, the most that this agent's policy allows.")
        : end.Stopped ? new(ProblemCodes.Unavailable, "The command was stopped: its output couldn't be taken.")
        : end.ExitCode == 0 ? null
        : new(ProblemCodes.CommandFailed, $"'{plan.Stages[0].Program}' ended with exit code {end.ExitCode}{SignalOf(end.ExitCode)}. Its output says why.")
        {
            Details = new() { ["exit_code"] = end.ExitCode.ToString(CultureInfo.InvariantCulture) },
        };

    private static string SignalOf(int code) => code is > 128 and < 128 + 65 ? $" (signal {code - 128})" : "";

    private static TaskComplete Ended(TaskCreate task, Problem? problem) => new()
    {
        TaskId = task.TaskId,
        Status = problem?.Code switch { null => TaskStatuses.Success, ProblemCodes.Canceled => TaskStatuses.Canceled, _ => TaskStatuses.Failed },
        Problem = problem,
    };
}
