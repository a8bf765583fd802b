using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations.Tasks;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class TailTaskTool(TaskLogOperations logs) : OutriderTool(
    "tail_task",
    "Show what a task wrote",
    "Shows the last lines that a task has written, or with after those that came since an earlier call. Of a task that runs, what it wrote in the "
        + "last moments may come only with the next call.",
    [
        GetTaskTool.Parameter,
        new("lines", "integer", "Lines at most.") { Minimum = 1, Maximum = TaskLogOperations.MaxRows, Default = DefaultLines },
        new("after", "string", "Continue after this place: next of the call before. Left out: the last lines.") { MaxLength = 100 },
    ],
    McpJson.SchemaOf<TaskLogPage>("Rows of a task's log."))
{
    private const int DefaultLines = 100;

    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var (task, lines) = (call.Arguments.Text(GetTaskTool.Parameter.Name)!, call.Arguments.Integer("lines", DefaultLines));
        var page = call.Arguments.Text("after") is { Length: > 0 } after
            ? await logs.ReadAsync(call.Caller, task, after, lines, cancellation)
            : await logs.TailAsync(call.Caller, task, lines, cancellation);
        return page.Ok ? new ToolAnswer(TaskText.Rows(page.Value), McpJson.ToElement(page.Value)) : page.Problem;
    }
}
