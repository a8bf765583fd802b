using Outrider.Api.Mcp.Text;
using Outrider.Api.Operations.Metrics;
using Outrider.Grains.Metrics.Queries;

namespace Outrider.Api.Mcp.Tools;

/// <summary>The parameters by which tools are asked about one metric.</summary>
internal static class MetricParameters
{
    public static IReadOnlyList<ToolParameter> All { get; } =
    [
        new("metric", "string", "The metric, such as host_cpu_percent_normalized; list_metrics has the names.") { Required = true, MaxLength = 128 },
        new("labels", ToolParameter.Strings, "Only series with these labels: name=value, such as mount=/var.")
            { MaxItems = SeriesFilters.MaxLabels, MaxLength = 1_200 },
        new("period", "string", "How long: a number and s, m, h, d or w, such as 24h or 7d; 1h when left out. It ends at 'to', or now."),
        new("from", "string", "Beginning instead of a period, RFC 3339, such as 2026-01-31T08:00:00Z."),
        new("to", "string", "End, RFC 3339; now when left out."),
        new("step", "string",
            $"{QuerySteps.Rule}; when left out, one that gives about {MetricText.MaxRows} steps. Peaks are exact whatever the step."),
        new("aggregate", "string", $"What becomes of the samples of a step: {Aggregates.Rule}. When left out, avg, and of a counter rate."),
    ];

    public static MetricQuestion Question(ToolArguments arguments) => new()
    {
        Metric = arguments.Text("metric"),
        Labels = arguments.Texts("labels"),
        Period = arguments.Text("period"),
        From = arguments.Text("from"),
        To = arguments.Text("to"),
        Step = arguments.Text("step"),
        Points = MetricText.MaxRows,
        Aggregate = arguments.Text("aggregate"),
    };
}
