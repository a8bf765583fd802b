using System.Text.Json;
using Outrider.Agent.Configuration;
using Outrider.Agent.Connections;
using Outrider.Agent.Executors;
using Outrider.Agent.Policy;
using Outrider.Agent.Policy.Commands;
using Outrider.Agent.Policy.Shell;
using Outrider.Agent.Secrets;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Commands;

/// <summary>
/// <c>outrider-agent policy check</c>: says whether the policy can be read, whether it allows a command or a task, and by which rule
/// (docs/policy.md). Runs nothing.
/// </summary>
internal static class PolicyCheckCommand
{
    public const string Usage = "policy check ['COMMAND'] [--shell] [--user NAME] [--directory PATH] [--task FILE] [--policy FILE] [--config FILE]";

    /// <summary>0: allowed, or the policy is fine. 1: refused. 2: the policy or the question can't be read.</summary>
    /// <param name="arguments">Those after <c>policy check</c>.</param>
    /// <param name="variable">Gives an environment variable's value.</param>
    /// <param name="output">Where the answer goes.</param>
    public static async Task<int> RunAsync(string[] arguments, Func<string, string?> variable, TextWriter output)
    {
        if (Question.Parse(arguments) is not { } asked)
            return await FailAsync(output, $"Usage: outrider-agent {Usage}");
        var options = AgentConfiguration.Read(asked.Config, variable);
        if (!options.Ok)
            return await FailAsync(output, options.Problem.Message);
        var path = asked.Policy ?? Path.Combine(options.Value.DataDirectory, AgentPolicy.FileName);
        if (asked.Policy is not null && !File.Exists(path))
            return await FailAsync(output, $"There is no file {path}.");
        var policy = AgentPolicy.Load(path);
        if (!policy.Ok)
            return await FailAsync(output, policy.Problem.Message);
        if (asked.Command is null && asked.Task is null)
        {
            await output.WriteLineAsync(File.Exists(path) ? $"{path} is valid; profile {policy.Value.Profile}." : $"There is no {path}: the defaults hold.");
            return 0;
        }
        if (asked.Task is not null)
            return await TaskAsync(asked.Task, options.Value, policy.Value, variable, output);
        if (policy.Value.Shell is not { IsEnabled: true } shell)
            return await RefusedAsync(output, new Problem(ProblemCodes.AgentLacksCapability, "The policy doesn't enable shell: it needs \"enabled\": true in its section shell."));
        var rules = ShellRules.Of(shell, options.Value.DataDirectory);
        var plan = rules.Judge(new ShellRequest(asked.Command, Shell: asked.Shell, User: asked.User, Directory: asked.Directory));
        return plan.Ok ? await AllowedAsync(output, plan.Value) : await RefusedAsync(output, plan.Problem);
    }

    private static async Task<int> TaskAsync(
        string file, AgentOptions options, AgentPolicy policy, Func<string, string?> variable, TextWriter output)
    {
        TaskCreate? task;
        try
        {
            task = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file), PolicyCheckJson.Default.TaskCreate);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return await FailAsync(output, $"{file} is no task, such as {{\"task_id\": \"1\", \"type\": \"shell\", \"command\": \"uptime\"}}: {e.Message}");
        }
        if (task is null)
            return await FailAsync(output, $"{file} holds no task.");
        var connections = ConnectionCatalog.Load(options.DataDirectory);
        if (!connections.Ok)
            return await FailAsync(output, connections.Problem.Message);
        var secrets = new AgentSecrets(options.DataDirectory, policy.Secrets);
        await using var executors = new ExecutorCatalog(
            policy, new ExecutorSurroundings(options.DataDirectory, connections.Value, secrets.Get, variable, new NoFileTransfers(), TimeProvider.System));
        var gate = new TaskGate(executors.All, null, new Logging.AgentLog(output, TimeProvider.System), secrets);
        if (await gate.CheckAsync(task, CancellationToken.None) is { } problem)
            return await RefusedAsync(output, problem);
        await output.WriteLineAsync("allowed");
        return 0;
    }

    private static async Task<int> AllowedAsync(TextWriter output, ShellPlan plan)
    {
        await output.WriteLineAsync("allowed");
        foreach (var stage in plan.Stages)
        {
            await output.WriteLineAsync($"  program    {stage.Program}{(stage.Real == stage.Program ? "" : $" -> {stage.Real}")}");
            foreach (var argument in stage.Arguments)
                await output.WriteLineAsync($"  argument   {CommandQuoting.Quote([argument])}");
            await output.WriteLineAsync($"  rule       {stage.Rule}");
        }
        foreach (var (name, value) in plan.Environment)
            await output.WriteLineAsync($"  variable   {name}={value}");
        await output.WriteLineAsync($"  directory  {plan.Directory}");
        await output.WriteLineAsync($"  user       {plan.User ?? Environment.UserName}");
        return 0;
    }

    private static async Task<int> RefusedAsync(TextWriter output, Problem problem)
    {
        await output.WriteLineAsync($"refused: {problem.Message}");
        await output.WriteLineAsync($"  rule       {PolicyRefusal.RuleOf(problem) ?? problem.Code}");
        return 1;
    }

    private static async Task<int> FailAsync(TextWriter output, string message)
    {
        await output.WriteLineAsync(message);
        return 2;
    }

    private sealed record Question(string? Command, bool Shell, string? User, string? Directory, string? Task, string? Policy, string? Config)
    {
        /// <summary>Null: it can't be understood.</summary>
        public static Question? Parse(string[] arguments)
        {
            var asked = new Question(null, false, null, null, null, null, null);
            for (var at = 0; at < arguments.Length; at++)
            {
                var next = at + 1 < arguments.Length ? arguments[at + 1] : null;
                var read = (arguments[at], next) switch
                {
                    ("--shell", _) => asked with { Shell = true },
                    ("--type", "shell") => asked,
                    ("--user", not null) => asked with { User = next },
                    ("--directory", not null) => asked with { Directory = next },
                    ("--task", not null) => asked with { Task = next },
                    ("--policy", not null) => asked with { Policy = next },
                    ("--config", not null) => asked with { Config = next },
                    (var command, _) when asked.Command is null && !command.StartsWith('-') => asked with { Command = command },
                    _ => null,
                };
                if (read is null)
                    return null;
                if (arguments[at].StartsWith('-') && arguments[at] != "--shell")
                    at++;
                asked = read;
            }
            return asked;
        }
    }
}
