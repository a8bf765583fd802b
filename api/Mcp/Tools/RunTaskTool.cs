using System.Text.Json;
using Outrider.Api.Operations.Tasks;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Mcp.Tools;

internal sealed class RunTaskTool(TaskOperations tasks, AgentChoice choice) : OutriderTool(
    "run_task",
    "Run a task on an agent's machine",
    "Runs one piece of work on an agent's machine and waits a while for its end: a command (shell), an HTTP request (api), SQL that may change data "
        + "(mysql, doris, postgres, clickhouse), mongo, elasticsearch, k8s or file. It may change things: ask the user before you call it. Use run_sql for "
        + "read-only SQL. The policy on the agent's machine decides what may run; the tenant may ask for the approval of a second person. Databases are "
        + "named by connection in params, never by password. Needs the role operator.",
    [
        AgentChoice.Parameter,
        new("type", "string", $"One of {string.Join(", ", TaskTypes.All)}; get_agent says which of them the agent can do.") { Required = true, MaxLength = 32 },
        new("command", "string", "What to run: of shell the command, of databases SQL, of api the method, of k8s manifests. May be left out where params or a file say it.")
            { MaxLength = TaskTypes.MaxCommand },
        new("params", ToolParameter.AnyObject, "How to run it, by type: such as {\"connection\": \"orders\"} of a database, {\"url\": \"…\"} of api."),
        new("file_id", "string", "A file of the tenant that it uses, such as the SQL.") { MaxLength = 64 },
        new("time_limit", "integer", "Seconds it may run, then it is ended. Left out: 120 of shell, else what its type has.")
            { Minimum = 1, Maximum = MaxTimeLimit },
        new("wait", "integer", "Seconds to wait for its end; it goes on after that.") { Minimum = 0, Maximum = MaxWait, Default = DefaultWait },
    ],
    McpJson.SchemaOf<TaskView>("A task as it stands."),
    changes: true,
    destructive: true)
{
    public const int DefaultWait = 30;
    public const int MaxWait = 120;

    private const int ShellTimeLimit = 120;
    private const int MaxTimeLimit = 600;

    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var agent = await choice.ChooseAsync(call);
        if (!agent.Ok)
            return agent.Problem;
        var type = TaskNames.TypeOf(call.Arguments.Text("type")!);
        var limit = call.Arguments.Integer("time_limit", type == TaskTypes.Shell ? ShellTimeLimit : Math.Min(MaxTimeLimit, TaskTypes.TimeoutOf(type)));
        var wait = call.Arguments.Integer("wait", DefaultWait);
        var body = new TaskBody
        {
            AgentId = agent.Value,
            Type = type,
            Command = call.Arguments.Text("command") is { } command ? JsonSerializer.SerializeToElement(command) : null,
            Params = call.Arguments.Object("params"),
            FileId = call.Arguments.Text("file_id"),
            TimeLimit = limit,
            Sync = wait > 0,
            Timeout = wait > 0 ? wait : null,
        };
        return GetTaskTool.Answer(await tasks.CreateAsync(call.Caller, body, cancellation));
    }
}
