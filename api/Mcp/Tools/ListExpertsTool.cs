using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class ListExpertsTool(ExpertOperations experts) : OutriderTool(
    "list_experts",
    "List experts",
    "Lists the experts that can diagnose a database: what question each answers, its tool and its arguments.",
    [],
    McpJson.SchemaOf<ExpertList>("The experts."))
{
    public override Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var listed = experts.List(call.Caller);
        Outcome<ToolAnswer> answer = listed.Ok
            ? new ToolAnswer(ReportText.Experts(listed.Value.Experts), McpJson.ToElement(listed.Value))
            : listed.Problem;
        return Task.FromResult(answer);
    }
}
