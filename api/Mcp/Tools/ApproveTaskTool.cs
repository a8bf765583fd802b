using Outrider.Api.Operations.Tasks;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class ApproveTaskTool(TaskOperations tasks) : OutriderTool(
    "approve_task",
    "Approve or reject a task",
    "Decides on a task of somebody else that waits for approval. Show the user first what it would run (get_task) and call this only when they say so: "
        + "the approval is theirs. Who asked for a task can't decide on it. Needs the role operator.",
    [
        GetTaskTool.Parameter,
        new("reject", "boolean", "True: it must not run.") { Default = false },
        new("note", "string", "Why, for whoever reads it later.") { MaxLength = TaskOperations.MaxNote },
    ],
    McpJson.SchemaOf<TaskView>("The task as it stands."),
    changes: true,
    destructive: true)
{
    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation) => GetTaskTool.Answer(
        await tasks.DecideAsync(
            call.Caller, call.Arguments.Text(GetTaskTool.Parameter.Name)!, !call.Arguments.Flag("reject"), call.Arguments.Text("note")));
}
