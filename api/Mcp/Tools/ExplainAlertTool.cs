using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations.Alerts;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class ExplainAlertTool(ExplanationOperations explanations) : OutriderTool(
    "explain_alert",
    "Explain an alert",
    "Shows why an alert fired: its condition, the samples from a quarter of an hour before it began until it ended or now, the threshold, "
        + "who was told and who took it on.",
    [new("alert", "string", "The alert's id, as in list_alerts.") { Required = true, MaxLength = 64 }],
    McpJson.SchemaOf<AlertExplanation>("An alert with the samples behind it."))
{
    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var explained = await explanations.ExplainAsync(call.Caller, call.Arguments.Text("alert")!, cancellation);
        return explained.Ok ? new ToolAnswer(AlertText.Explain(explained.Value), McpJson.ToElement(explained.Value)) : explained.Problem;
    }
}
