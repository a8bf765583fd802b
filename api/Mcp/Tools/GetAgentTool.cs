using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations;
using Outrider.Grains.Agents;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class GetAgentTool(AgentOperations agents, AgentChoice choice) : OutriderTool(
    "get_agent",
    "Show an agent",
    "Shows one agent: status, when it was last heard, its machine, version and capabilities, and the state of its database connections.",
    [AgentChoice.Parameter],
    McpJson.SchemaOf<AgentView>("An agent."))
{
    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var agent = await choice.ChooseAsync(call);
        if (!agent.Ok)
            return agent.Problem;
        var view = await agents.GetAsync(call.Caller, agent.Value);
        return view.Ok ? new ToolAnswer(AgentText.One(view.Value), McpJson.ToElement(view.Value)) : view.Problem;
    }
}
