using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations.Tasks;
using Outrider.Api.Rest.Bodies;
using Outrider.Api.Rest.Requests;

namespace Outrider.Api.Rest.Tasks;

/// <summary>One piece of work for many agents.</summary>
public static class FanoutEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var fanouts = api.MapGroup("/fanouts").WithTags("Tasks");
        fanouts.MapPost("/", CreateAsync).WithName("createFanout").WithSummary("Gives one piece of work to many agents, in batches. Operator.");
        fanouts.MapGet("/", ListAsync).WithName("listFanouts").WithSummary("Fan-outs, the newest first. Viewer.");
        fanouts.MapGet("/{id}", GetAsync).WithName("getFanout")
            .WithSummary("One fan-out: how many of its tasks have each status, and what went wrong. Viewer.");
        fanouts.MapPost("/{id}/cancel", CancelAsync).WithName("cancelFanout")
            .WithSummary("Begins no further batch and cancels the tasks that aren't over. Operator.");
        fanouts.MapPost("/{id}/approve", ApproveAsync).WithName("approveFanout").WithSummary("Lets a fan-out of somebody else run. Operator.");
        fanouts.MapPost("/{id}/reject", RejectAsync).WithName("rejectFanout").WithSummary("Keeps a fan-out of somebody else from running. Operator.");
    }

    private static async Task<CreatedResult<FanoutView>> CreateAsync(
        HttpContext context, FanoutOperations operations, CheckedBody<FanoutBody> fanout, CancellationToken cancellation)
    {
        var created = fanout.Outcome.Ok ? await operations.CreateAsync(context.Caller(), fanout.Outcome.Value, cancellation) : fanout.Outcome.Problem;
        return new(created, LocationOf);
    }

    private static async Task<ApiResult<FanoutPage>> ListAsync(
        HttpContext context,
        FanoutOperations operations,
        CancellationToken cancellation,
        string? status = null,
        string? after = null,
        int limit = RestApi.DefaultPage) =>
        await operations.ListAsync(context.Caller(), status, after, limit, cancellation);

    private static async Task<ApiResult<FanoutView>> GetAsync(
        HttpContext context, FanoutOperations operations, string id, CancellationToken cancellation) =>
        await operations.GetAsync(context.Caller(), id, cancellation);

    private static async Task<ApiResult<FanoutView>> CancelAsync(HttpContext context, FanoutOperations operations, string id) =>
        await operations.CancelAsync(context.Caller(), id);

    private static async Task<ApiResult<FanoutView>> ApproveAsync(
        HttpContext context, FanoutOperations operations, string id, NoteRequest? request = null) =>
        await operations.DecideAsync(context.Caller(), id, approve: true, request?.Note);

    private static async Task<ApiResult<FanoutView>> RejectAsync(
        HttpContext context, FanoutOperations operations, string id, NoteRequest? request = null) =>
        await operations.DecideAsync(context.Caller(), id, approve: false, request?.Note);

    private static string LocationOf(FanoutView fanout) => $"{RestApi.Prefix}/fanouts/{fanout.Id}";
}
