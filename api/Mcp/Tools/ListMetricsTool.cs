using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Tools;

internal sealed class ListMetricsTool(MetricOperations metrics, AgentChoice choice) : OutriderTool(
    "list_metrics",
    "List metrics",
    "Lists what an agent measures: metric names with kind, unit and meaning, and the labels that tell their series apart. Call it before "
        + "query_metrics or compare_agents when you don't know the exact name of a metric or its labels. Not needed for "
        + "host_cpu_percent_normalized, host_memory_percent and host_disk_percent (label mount), which every machine has.",
    [
        AgentChoice.Parameter,
        new("match", "string", "Only metrics of this name, or of a pattern with '*', such as host_disk_*.") { MaxLength = 128 },
    ],
    McpJson.SchemaOf<MetricList>("The metrics of an agent."))
{
    public override async Task<Outcome<ToolAnswer>> CallAsync(ToolCall call, CancellationToken cancellation)
    {
        var agent = await choice.ChooseAsync(call);
        if (!agent.Ok)
            return agent.Problem;
        var list = await metrics.ListAsync(call.Caller, agent.Value, call.Arguments.Text("match"), cancellation);
        return list.Ok ? new ToolAnswer(MetricText.List(list.Value), McpJson.ToElement(list.Value)) : list.Problem;
    }
}
