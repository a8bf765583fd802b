using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class TopProcessesTool(ProcessOperations processes, AgentChoice choice) : OutriderTool(
    "top_processes",
    "Show the top processes",
    "Shows which processes of an agent's machine use most CPU or memory, now or at a time of the last day, one by one or by name. Call it "
        + "when query_metrics shows a peak, with 'at' set to its time, to find what caused it.",
    [
        AgentChoice.Parameter,
        new("sort", "string", $"{ProcessSort.Rule}; -cpu when left out."),
        new("group_by_name", "boolean", "True: all processes of a name are one row.") { Default = false },
        new("name", "string", "Only processes of this name, or of a pattern with '*'."),
        new("at", "string", "The newest snapshot up to this time, RFC 3339; now when left out."),
        new("limit", "integer", "Rows at most.") { Minimum = 1, Maximum = ProcessOperations.MaxLimit, Default = ProcessOperations.DefaultLimit },
    ],
    McpJson.SchemaOf<ProcessAnswer>("Processes, or groups of them; null: not known."))
{
    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var agent = await choice.ChooseAsync(call);
        if (!agent.Ok)
            return agent.Problem;
        var question = new ProcessQuestion
        {
            Sort = call.Arguments.Text("sort"),
            Group = call.Arguments.Flag("group_by_name") ? "name" : null,
            Name = call.Arguments.Text("name"),
            At = call.Arguments.Text("at"),
            Limit = call.Arguments.Integer("limit", ProcessOperations.DefaultLimit),
        };
        var answer = await processes.ReadAsync(call.Caller, agent.Value, question, cancellation);
        return answer.Ok ? new ToolAnswer(ProcessText.Render(answer.Value), McpJson.ToElement(answer.Value)) : answer.Problem;
    }
}
