using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class QueryMetricsTool(MetricOperations metrics, AgentChoice choice) : OutriderTool(
    "query_metrics",
    "Query a metric",
    "Shows how one metric of one agent went over time: average, lowest, peak and when, last value, trend, gaps without data, and the values in "
        + "steps. Counters come as rates per second. Call it for questions such as: was the CPU busy last night, is the disk filling up, when "
        + "did memory rise. To set several machines side by side, or this week against the last, call compare_agents instead.",
    [AgentChoice.Parameter, .. MetricParameters.All],
    McpJson.SchemaOf<MetricRange>("A metric of one agent over a stretch of time; null values are steps without data."))
{
    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var agent = await choice.ChooseAsync(call);
        if (!agent.Ok)
            return agent.Problem;
        var range = await metrics.RangeAsync(call.Caller, agent.Value, MetricParameters.Question(call.Arguments), cancellation);
        return range.Ok ? new ToolAnswer(MetricText.Range(range.Value), McpJson.ToElement(range.Value)) : range.Problem;
    }
}
