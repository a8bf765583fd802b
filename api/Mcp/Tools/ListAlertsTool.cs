using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations;
using Outrider.Api.Operations.Alerts;
using Outrider.Grains.Alerts;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class ListAlertsTool(AlertOperations alerts) : OutriderTool(
    "list_alerts",
    "List alerts",
    "Lists the alerts that fire now, the newest first: what is wrong, where, since when and who took it on. With history = true those that "
        + "fired in a period, also resolved ones. Call it for questions such as: is anything wrong, what happened last night. explain_alert "
        + "shows the samples behind one.",
    [
        new("agent", "string", "Only of this agent.") { MaxLength = 63 },
        new("rule", "string", "Only of the rule of this id.") { MaxLength = 64 },
        new("severity", "string", "Only info, warning or critical.") { MaxLength = 8 },
        new("history", "boolean", "True: also those that are resolved.") { Default = false },
        new("period", "string", "With history: how long, a number and s, m, h, d or w; 7d when left out."),
        new("from", "string", "With history: beginning instead of a period, RFC 3339."),
        new("to", "string", "With history: end, RFC 3339; now when left out."),
        new("after", "string", "Continue after this alert: next of the page before.") { MaxLength = 64 },
        new("limit", "integer", "Alerts per page.") { Minimum = 1, Maximum = AgentOperations.MaxPage, Default = DefaultLimit },
    ],
    McpJson.SchemaOf<AlertPage>("A page of alerts, the newest first."))
{
    private const int DefaultLimit = 50;

    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        AlertSeverity? severity = null;
        if (call.Arguments.Text("severity") is { } word)
        {
            if (!Enum.TryParse<AlertSeverity>(word, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
                return new Problem(ProblemCodes.InvalidArgument, "severity must be info, warning or critical.");
            severity = parsed;
        }
        var question = new AlertQuestion
        {
            Agent = call.Arguments.Text("agent"),
            Rule = call.Arguments.Text("rule"),
            Severity = severity,
            Period = call.Arguments.Text("period"),
            From = call.Arguments.Text("from"),
            To = call.Arguments.Text("to"),
            After = call.Arguments.Text("after"),
            Limit = call.Arguments.Integer("limit", DefaultLimit),
        };
        var isHistory = call.Arguments.Flag("history");
        var page = isHistory
            ? await alerts.HistoryAsync(call.Caller, question, cancellation)
            : await alerts.ActiveAsync(call.Caller, question, cancellation);
        return page.Ok ? new ToolAnswer(AlertText.List(page.Value, isHistory), McpJson.ToElement(page.Value)) : page.Problem;
    }
}
