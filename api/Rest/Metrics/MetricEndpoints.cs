using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations.Metrics;
using Outrider.Grains.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Metrics;

/// <summary>What agents measured.</summary>
public static class MetricEndpoints
{
    private const string MetricText = "Only this metric, or those that match a pattern with '*', such as host_*.";

    public static void Map(IEndpointRouteBuilder api)
    {
        var ofAgent = api.MapGroup("/agents/{agent}").WithTags("Metrics");
        ofAgent.MapGet("/metrics", ListAsync).WithName("listMetrics").WithSummary("The metrics an agent has. Viewer.");
        ofAgent.MapGet("/metrics/latest", LatestAsync).WithName("getLatestMetrics").WithSummary("The newest value of each series. Viewer.");
        ofAgent.MapGet("/metrics/range", RangeAsync).WithName("queryMetric")
            .WithSummary("A metric over time, in steps; a gap is null, a counter comes as its rate per second. Viewer.");
        ofAgent.MapDelete("/metrics", DeleteAsync).WithName("deleteMetrics")
            .WithSummary("Removes all metrics of an agent, also of a revoked one. Admin.");
        ofAgent.MapGet("/processes", ProcessesAsync).WithName("listProcesses")
            .WithSummary("The processes that used most, flat, as a tree with what subtrees come to, or by name. Viewer.");
        var metrics = api.MapGroup("/metrics").WithTags("Metrics");
        metrics.MapGet("/compare", CompareAsync).WithName("compareMetrics")
            .WithSummary("One metric of several agents, or of several periods: values, average, peak, trend, change. Viewer.");
        metrics.MapGet("/export", ExportAsync).WithName("exportMetrics").WithSummary("Samples as CSV or JSON lines, streamed. Viewer.");
        metrics.MapGet("/policy", GetPolicyAsync).WithName("getMetricPolicy")
            .WithSummary("How long metrics are kept, and how many series there may be. Viewer.");
        metrics.MapPut("/policy", SetPolicyAsync).WithName("setMetricPolicy")
            .WithSummary("Replaces the policy; what is left out gets its default. Admin.");
        metrics.MapGet("/usage", GetUsageAsync).WithName("getMetricUsage").WithSummary("How many metrics there are, and what was refused. Viewer.");
    }

    private static async Task<ApiResult<MetricList>> ListAsync(
        HttpContext context,
        MetricOperations operations,
        string agent,
        CancellationToken cancellation,
        [Description(MetricText)] string? metric = null) =>
        await operations.ListAsync(context.Caller(), agent, metric, cancellation);

    private static async Task<ApiResult<LatestList>> LatestAsync(
        HttpContext context,
        MetricOperations operations,
        string agent,
        CancellationToken cancellation,
        [Description(MetricText)] string? metric = null) =>
        await operations.LatestAsync(context.Caller(), agent, metric, cancellation);

    private static async Task<ApiResult<MetricRange>> RangeAsync(
        HttpContext context, MetricOperations operations, string agent, [AsParameters] RangeParameters range, CancellationToken cancellation) =>
        await operations.RangeAsync(context.Caller(), agent, range.ToQuestion(), cancellation);

    private static async Task<DoneResult> DeleteAsync(
        HttpContext context, RetentionOperations retention, string agent, CancellationToken cancellation) =>
        await retention.DeleteAsync(context.Caller(), agent, cancellation);

    private static async Task<ApiResult<ProcessAnswer>> ProcessesAsync(
        HttpContext context,
        ProcessOperations operations,
        string agent,
        [AsParameters] ProcessParameters processes,
        CancellationToken cancellation) =>
        await operations.ReadAsync(context.Caller(), agent, processes.ToQuestion(), cancellation);

    private static async Task<ApiResult<MetricComparison>> CompareAsync(
        HttpContext context,
        ComparisonOperations operations,
        [AsParameters] CompareParameters compare,
        [AsParameters] RangeParameters range,
        CancellationToken cancellation)
    {
        var question = new ComparisonQuestion
        {
            Metric = range.ToQuestion(), Agents = compare.Agents ?? [], Previous = compare.Previous ?? 0, Periods = compare.Periods ?? [],
        };
        return await operations.CompareAsync(context.Caller(), question, cancellation);
    }

    private static async Task<ExportResult> ExportAsync(
        HttpContext context, ExportOperations operations, [AsParameters] ExportParameters export, CancellationToken cancellation)
    {
        var opened = await operations.OpenAsync(context.Caller(), export.ToQuestion(), cancellation);
        var format = ExportFormat.Find(export.Format);
        if (opened.Ok && format is null)
            opened = new Problem(ProblemCodes.InvalidArgument, "format must be csv or jsonl.");
        return new ExportResult(opened, format ?? ExportFormat.Csv);
    }

    private static async Task<ApiResult<MetricPolicy>> GetPolicyAsync(
        HttpContext context, RetentionOperations retention, CancellationToken cancellation) =>
        await retention.GetPolicyAsync(context.Caller(), cancellation);

    private static async Task<ApiResult<MetricPolicy>> SetPolicyAsync(
        HttpContext context, RetentionOperations retention, MetricPolicy policy, CancellationToken cancellation) =>
        await retention.SetPolicyAsync(context.Caller(), policy, cancellation);

    private static async Task<ApiResult<MetricUsage>> GetUsageAsync(
        HttpContext context, RetentionOperations retention, CancellationToken cancellation) =>
        await retention.GetUsageAsync(context.Caller(), cancellation);
}
