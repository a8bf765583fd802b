using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations.Alerts;
using Outrider.Grains.Alerts;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class CreateRuleTool(RuleOperations rules) : OutriderTool(
    "create_rule",
    "Create an alert rule",
    "Makes a rule that fires an alert when a metric compares so with a threshold for a duration, such as host_cpu_percent_normalized > 80 for "
        + "5m. Ask the user before you call it. list_metrics has the names of metrics. Needs the role admin.",
    [
        new("name", "string", "What is wrong when it fires, in a few words.") { Required = true, MaxLength = RuleLimits.Name },
        new("metric", "string",
            "The metric; for processes cpu_percent (of one core) or memory_mb, with process. Not with expression.") { MaxLength = 128 },
        new("operator", "string", ">, >=, <, <=, == or !=; > when left out.") { MaxLength = 2 },
        new("threshold", "number", "What it is compared with. Required unless there is an expression."),
        new("duration", "string", "How long it must be so until the alert fires, such as 5m; at once when left out.") { MaxLength = 32 },
        new("agents", ToolParameter.Strings, "Names, or patterns with '*' such as prod-*; all agents when left out.")
            { MaxItems = RuleLimits.Agents, MaxLength = 64 },
        new("labels", ToolParameter.Strings, "Only series with these labels: name=pattern, such as mount=/var*.")
            { MaxItems = RuleLimits.Labels, MaxLength = 1_200 },
        new("aggregation", "string", "avg, max, min or sum of the window's samples; the last sample alone when left out.") { MaxLength = 4 },
        new("window", "string", "With aggregation or rate: over how long, such as 1m.") { MaxLength = 32 },
        new("rate", "boolean", "True: compare a counter's rate per second over the window.") { Default = false },
        new("process", "string", "Name or pattern of the processes, with cpu_percent and memory_mb; the highest of them is compared.") { MaxLength = 256 },
        new("expression", "string", "PromQL instead of metric, operator and threshold; each series that it gives is an alert.") { MaxLength = 4_096 },
        new("severity", "string", "info, warning or critical; warning when left out.") { MaxLength = 8 },
        new("summary", "string", "What the alert says, with placeholders {{agent}}, {{value}}, {{labels.mount}}.") { MaxLength = RuleLimits.Summary },
        new("channels", ToolParameter.Strings, "Names of channels; the default ones when left out.") { MaxItems = RuleLimits.Channels, MaxLength = 64 },
    ],
    McpJson.SchemaOf<RuleView>("The rule."),
    changes: true)
{
    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var rule = Read(call.Arguments);
        if (!rule.Ok)
            return rule.Problem;
        var created = await rules.CreateAsync(call.Caller, rule.Value, cancellation);
        return created.Ok ? new ToolAnswer(Say(created.Value), McpJson.ToElement(created.Value)) : created.Problem;
    }

    private static Outcome<RuleView> Read(ToolArguments arguments)
    {
        var aggregation = RuleAggregation.Last;
        var severity = AlertSeverity.Warning;
        RuleDuration? window = null;
        if (arguments.Text("aggregation") is { } how && !Enum.TryParse(how, ignoreCase: true, out aggregation))
            return QueryProblem.Of("aggregation must be avg, max, min or sum.");
        if (arguments.Text("severity") is { } bad && !Enum.TryParse(bad, ignoreCase: true, out severity))
            return QueryProblem.Of("severity must be info, warning or critical.");
        RuleOperator? op = null;
        if (arguments.Text("operator") is { } sign)
        {
            op = Enum.GetValues<RuleOperator>().Cast<RuleOperator?>().FirstOrDefault(one => one!.Value.Text() == sign);
            if (op is null)
                return QueryProblem.Of("operator must be >, >=, <, <=, == or !=.");
        }
        if ((Length(arguments, "duration", out var duration) ?? Length(arguments, "window", out window)) is { } wrong)
            return wrong;
        var labels = arguments.Texts("labels");
        if (RuleFaults.OfLabels(labels) is { } fault)
            return fault;
        return new RuleView
        {
            Name = arguments.Text("name"),
            Metric = arguments.Text("metric"),
            Operator = op,
            Threshold = arguments.Number("threshold"),
            Duration = duration,
            Agents = arguments.Texts("agents") is { Count: > 0 } agents ? agents : null,
            Labels = LabelPairs.Of(labels),
            Aggregation = aggregation,
            Window = window,
            Rate = arguments.Flag("rate"),
            Process = arguments.Text("process") is { } process ? new RuleProcess(process, RuleAggregation.Max) : null,
            Expression = arguments.Text("expression"),
            Severity = severity,
            Summary = arguments.Text("summary"),
            Channels = arguments.Texts("channels"),
        };
    }

    private static Problem? Length(ToolArguments arguments, string name, out RuleDuration? length)
    {
        length = null;
        if (arguments.Text(name) is not { } text)
            return null;
        if (!RuleDurations.TryParse(text, out var seconds))
            return QueryProblem.Of($"{name} must be {RuleDurations.Rule}.");
        length = new RuleDuration(seconds);
        return null;
    }

    private static string Say(RuleView rule) => Markdown.Inline(
        $"Rule {rule.Id} is made: {rule.Condition}, {rule.Severity.ToString().ToLowerInvariant()}, for agents {string.Join(", ", rule.Agents!)}. "
        + $"GET /api/v1/rules/{rule.Id}/dry-run?period=7d says when it would have fired.");
}
