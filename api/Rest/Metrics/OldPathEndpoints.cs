using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations;
using Outrider.Api.Operations.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Metrics;

/// <summary>The paths of older designs, in which an agent is a server: the same operations under other names.</summary>
public static class OldPathEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var old = api.MapGroup("").WithTags("Older paths");
        old.MapGet("/servers", ListAsync).WithName("listServers").WithSummary("As GET /agents. Viewer.");
        old.MapGet("/servers/{name}/stats", StatsAsync).WithName("getServerStats")
            .WithSummary("CPU, memory and disks of an agent, each as GET /agents/{agent}/metrics/range. Viewer.");
        old.MapGet("/stats/compare", CompareAsync).WithName("compareServers")
            .WithSummary("As GET /metrics/compare; metric is cpu, memory or disk. Viewer.");
    }

    private static async Task<ApiResult<ServerPage>> ListAsync(
        HttpContext context, AgentOperations operations, string? after = null, int limit = RestApi.DefaultPage)
    {
        var agents = await operations.ListAsync(context.Caller(), after, limit);
        return agents.Ok
            ? (Outcome<ServerPage>)new ServerPage([.. agents.Value.Select(ServerView.Of)], agents.Value.Count == limit ? agents.Value[^1].Name : null)
            : agents.Problem;
    }

    private static async Task<ApiResult<ServerStats>> StatsAsync(
        HttpContext context, MetricOperations operations, string name, CancellationToken cancellation, string? period = null)
    {
        var read = new List<MetricRange>();
        foreach (var metric in OldMetricNames.All)
        {
            var range = await operations.RangeAsync(
                context.Caller(), name, new MetricQuestion { Metric = metric, Period = period }, cancellation);
            if (!range.Ok)
                return (Outcome<ServerStats>)range.Problem;
            read.Add(range.Value);
        }
        return (Outcome<ServerStats>)new ServerStats(name, read[0], read[1], read[2]);
    }

    private static async Task<ApiResult<MetricComparison>> CompareAsync(
        HttpContext context,
        ComparisonOperations operations,
        CancellationToken cancellation,
        [FromQuery(Name = "server_names[]")] string[]? names = null,
        [FromQuery(Name = "server_names")] string[]? more = null,
        string metric = "cpu",
        string? period = null)
    {
        var question = new MetricQuestion { Metric = OldMetricNames.Now(metric), Period = period };
        return await operations.CompareAsync(
            context.Caller(), new ComparisonQuestion { Metric = question, Agents = [.. names ?? [], .. more ?? []] }, cancellation);
    }
}
