using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class CompareAgentsTool(ComparisonOperations comparisons) : OutriderTool(
    "compare_agents",
    "Compare agents or periods",
    "Compares one metric of several agents, or of the same agents in one period and those before it: average, peak, lowest, trend, and the "
        + "change against the period before (rising or falling means more than 10 percent). Call it for questions such as: which machine is "
        + "busiest, is this one unlike the others, is this week worse than the last (period 7d, previous 1).",
    [
        new("agents", ToolParameter.Strings, "Names, or patterns with '*' such as prod-*; all agents when left out. At most 20 agents.")
            { MaxItems = ComparisonOperations.MaxAgents, MaxLength = 63 },
        .. MetricParameters.All,
        new("previous", "integer", "So many periods of the same length just before are compared, too.")
            { Minimum = 0, Maximum = ComparisonOperations.MaxPeriods - 1, Default = 0 },
    ],
    McpJson.SchemaOf<MetricComparison>("One metric of several agents, in one or several periods; null values are steps without data."))
{
    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var question = new ComparisonQuestion
        {
            Metric = MetricParameters.Question(call.Arguments),
            Agents = call.Arguments.Texts("agents"),
            Previous = call.Arguments.Integer("previous", 0),
        };
        var compared = await comparisons.CompareAsync(call.Caller, question, cancellation);
        return compared.Ok ? new ToolAnswer(ComparisonText.Render(compared.Value), McpJson.ToElement(compared.Value)) : compared.Problem;
    }
}
