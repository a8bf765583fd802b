using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations;
using Outrider.Grains.Agents;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class ListAgentsTool(AgentOperations agents) : OutriderTool(
    "list_agents",
    "List agents",
    "Lists the agents of this tenant with their status (online, degraded, offline), when they were last heard and the databases they reach. "
        + "Call it first when you don't know which agent to ask.",
    [
        new("after", "string", "Continue after this name: next of the page before.") { MaxLength = 63 },
        new("limit", "integer", "Agents per page.") { Minimum = 1, Maximum = AgentOperations.MaxPage, Default = AgentOperations.MaxPage },
    ],
    McpJson.SchemaOf<ListAgentsTool.Page>("A page of agents by name."))
{
    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var limit = call.Arguments.Integer("limit", AgentOperations.MaxPage);
        var listed = await agents.ListAsync(call.Caller, call.Arguments.Text("after"), limit);
        if (!listed.Ok)
            return listed.Problem;
        var page = new Page(listed.Value, listed.Value.Count == limit ? listed.Value[^1].Name : null);
        return new ToolAnswer(AgentText.List(page.Agents, page.Next), McpJson.ToElement(page));
    }

    /// <param name="Next">Pass it as <c>after</c> for the next page; null: this was the last.</param>
    internal sealed record Page(List<AgentView> Agents, string? Next);
}
