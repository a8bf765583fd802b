using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations.Fleet;
using Outrider.Grains.Fleet;

namespace Outrider.Api.Rest.Fleet;

/// <summary>All agents of the caller's tenant at once.</summary>
public static class FleetEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var fleet = api.MapGroup("/fleet").WithTags("Fleet");
        fleet.MapGet("/", ListAsync).WithName("getFleet")
            .WithSummary("Agents with status, main values and alerts, filtered, sorted and paged, and what all come to. Viewer.");
        fleet.MapGet("/sparklines", SparklinesAsync).WithName("getFleetSparklines")
            .WithSummary("One metric of several agents over time, in few steps. Viewer.");
        fleet.MapGet("/labels", LabelsAsync).WithName("listFleetLabels").WithSummary("The labels that agents have, to filter by. Viewer.");
    }

    private static async Task<ApiResult<FleetPage>> ListAsync(
        HttpContext context, FleetOperations operations, [AsParameters] FleetParameters fleet, CancellationToken cancellation) =>
        await operations.ListAsync(context.Caller(), fleet.ToQuestion(), cancellation);

    private static async Task<ApiResult<FleetSparklines>> SparklinesAsync(
        HttpContext context, SparklineOperations operations, [AsParameters] SparklineParameters sparklines, CancellationToken cancellation) =>
        await operations.ReadAsync(context.Caller(), sparklines.ToQuestion(), cancellation);

    private static async Task<ApiResult<FleetLabels>> LabelsAsync(
        HttpContext context, FleetOperations operations, CancellationToken cancellation) =>
        await operations.LabelsAsync(context.Caller(), cancellation);
}
