using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations.Tasks;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class GetTaskTool(TaskOperations tasks) : OutriderTool(
    "get_task",
    "Show a task",
    "Shows how a task stands and what it brought. With wait it is answered when the task ends, or when that time is up.",
    [
        Parameter,
        new("wait", "integer", "Seconds to wait for its end.") { Minimum = 0, Maximum = RunTaskTool.MaxWait, Default = 0 },
    ],
    McpJson.SchemaOf<TaskView>("A task as it stands."))
{
    public static ToolParameter Parameter { get; } = new("task", "string", "The task's id, as run_task says it.") { Required = true, MaxLength = 64 };

    public static Outcome<ToolAnswer> Answer(Outcome<TaskView> task) =>
        task.Ok ? new ToolAnswer(TaskText.One(task.Value), McpJson.ToElement(task.Value)) : task.Problem;

    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var (task, wait) = (call.Arguments.Text(Parameter.Name)!, call.Arguments.Integer("wait", 0));
        return Answer(wait > 0
            ? await tasks.WaitAsync(call.Caller, task, wait, cancellation)
            : await tasks.GetAsync(call.Caller, task, cancellation));
    }
}
