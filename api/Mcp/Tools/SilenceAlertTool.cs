using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations.Alerts;
using Outrider.Grains.Alerts.Rules;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class SilenceAlertTool(SilenceOperations silences, AlertOperations alerts) : OutriderTool(
    "silence_alert",
    "Silence alerts",
    "Keeps alerts quiet for a while: they are still kept and shown, but nobody is told. Either one alert's rule, agent and labels, or by rule "
        + "and agent. Ask the user before you call it. What still fires when the silence ends is told then. Needs the role operator.",
    [
        new("duration", "string", "For how long: 30m, 2h, 1d.") { Required = true, MaxLength = 32 },
        new("alert", "string", "Silence exactly what this alert is about, by its id.") { MaxLength = 64 },
        new("rule", "string", "Instead of an alert: the rule's id, or a pattern with '*'.") { MaxLength = 64 },
        new("agent", "string", "Instead of an alert: the agent's name, or a pattern with '*'.") { MaxLength = 64 },
        new("comment", "string", "Why, for whoever finds it.") { MaxLength = 1_000 },
    ],
    McpJson.SchemaOf<SilenceView>("The silence."),
    changes: true)
{
    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        if (!RuleDurations.TryParse(call.Arguments.Text("duration"), out var seconds))
            return new Problem(ProblemCodes.InvalidArgument, $"duration must be {RuleDurations.Rule}.");
        var silence = new SilenceView
        {
            Rule = call.Arguments.Text("rule"),
            Agent = call.Arguments.Text("agent"),
            Duration = new RuleDuration(seconds),
            Comment = call.Arguments.Text("comment"),
        };
        if (call.Arguments.Text("alert") is { } id)
        {
            if (silence.Rule is not null || silence.Agent is not null)
                return new Problem(ProblemCodes.InvalidArgument, "Name either an alert, or rule and agent.");
            var alert = await alerts.GetAsync(call.Caller, id, cancellation);
            if (!alert.Ok)
                return alert.Problem;
            silence = silence with { Rule = alert.Value.Rule, Agent = alert.Value.Agent.Length > 0 ? alert.Value.Agent : null, Labels = alert.Value.Labels };
        }
        else if (silence is { Rule: null, Agent: null })
        {
            return new Problem(ProblemCodes.InvalidArgument, "Name an alert, a rule or an agent; '*' as both silences everything.");
        }
        var added = await silences.AddAsync(call.Caller, silence, cancellation);
        return added.Ok ? new ToolAnswer(Say(added.Value), McpJson.ToElement(added.Value)) : added.Problem;
    }

    private static string Say(SilenceView silence)
    {
        var labels = silence.Labels is { Count: > 0 } all ? $" with {string.Join(", ", all.Select(label => $"{label.Key}={label.Value}"))}" : "";
        return Markdown.Inline(
            $"Silence {silence.Id}: rule {silence.Rule}, agent {silence.Agent}{labels}, until {Quantity.Time(silence.To!.Value)}. "
            + $"DELETE /api/v1/silences/{silence.Id} ends it earlier.");
    }
}
