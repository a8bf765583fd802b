using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class ListExpertsTool(IReadOnlyList<ExpertView> experts) : OutriderTool(
    "list_experts",
    "List experts",
    "Lists the experts that can diagnose a database: what question each answers, its tool and its arguments.",
    [],
    McpJson.SchemaOf<ListExpertsTool.List>("The experts."))
{
    public override Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        if (Permissions.Require(call.Caller, Role.Viewer) is { } forbidden)
            return Task.FromResult<Outcome<ToolAnswer>>(forbidden);
        var answer = new ToolAnswer(ReportText.Experts(experts), McpJson.ToElement(new List(experts)));
        return Task.FromResult<Outcome<ToolAnswer>>(answer);
    }

    internal sealed record List(IReadOnlyList<ExpertView> Experts);
}
