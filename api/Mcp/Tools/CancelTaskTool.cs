using Outrider.Api.Operations.Tasks;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class CancelTaskTool(TaskOperations tasks) : OutriderTool(
    "cancel_task",
    "Cancel a task",
    "Cancels a task: one that waits at once; one that runs is asked to end, then killed after 5 seconds, and is canceled when its agent says so. "
        + "What it has done stays done. Needs the role operator.",
    [GetTaskTool.Parameter],
    McpJson.SchemaOf<TaskView>("The task as it stands."),
    changes: true,
    destructive: true)
{
    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation) =>
        GetTaskTool.Answer(await tasks.CancelAsync(call.Caller, call.Arguments.Text(GetTaskTool.Parameter.Name)!));
}
