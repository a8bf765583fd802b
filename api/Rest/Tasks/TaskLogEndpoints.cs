using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Outrider.Api.Auth;
using Outrider.Api.Operations.Tasks;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Tasks;

/// <summary>What tasks write.</summary>
internal static class TaskLogEndpoints
{
    private const string LastEventId = "Last-Event-ID";

    public static void Map(IEndpointRouteBuilder tasks)
    {
        tasks.MapGet("/{id}/logs", ReadAsync).WithName("getTaskLogs")
            .WithSummary("A task's log, a row for each line; complete says whether more can come. Viewer.");
        tasks.MapGet("/{id}/logs/raw", ReadRawAsync).WithName("getTaskOutput").WithSummary("The bytes of one stream as they are kept. Viewer.");
        tasks.MapGet("/{id}/logs/stream", StreamAsync).WithName("streamTaskLogs")
            .WithSummary("A task's states and log as server-sent events until its end: state, log, gap, end. Viewer.");
    }

    private static async Task<ApiResult<TaskLogPage>> ReadAsync(
        HttpContext context,
        TaskLogOperations operations,
        string id,
        CancellationToken cancellation,
        [FromQuery(Name = "after"), Description("Continue after the row of this id: next of the page before.")] string? after = null,
        [FromQuery(Name = "limit"), Description("Rows per page, 1 to 1000.")] int limit = TaskLogOperations.MaxRows) =>
        await operations.ReadAsync(context.Caller(), id, after, limit, cancellation);

    private static async Task<RawLogResult> ReadRawAsync(
        HttpContext context,
        TaskLogOperations operations,
        string id,
        CancellationToken cancellation,
        [FromQuery(Name = "stream"), Description("stdout, stderr or note.")] string stream = "stdout",
        [FromQuery(Name = "attempt"), Description("Left out: the last.")] int? attempt = null) =>
        new(attempt is < 1
            ? new Problem(ProblemCodes.InvalidArgument, "attempt is 1 or more.")
            : await operations.ReadRawAsync(context.Caller(), id, stream, attempt, cancellation));

    private static async Task<TaskStreamResult> StreamAsync(
        HttpContext context,
        TaskLogOperations operations,
        TaskStreams streams,
        string id,
        [FromQuery(Name = "after"), Description("Continue after the row of this id; the header Last-Event-ID says the same.")] string? after = null)
    {
        var caller = context.Caller();
        var last = context.Request.Headers[LastEventId].FirstOrDefault() is { Length: > 0 } seen ? seen : after;
        if (last == TaskStreamResult.EndId)
            return new TaskStreamResult(null, caller, streams: null);
        if (streams.Take(caller) is { } full)
            return new TaskStreamResult((Outcome<TaskFollow>)full, caller, streams: null);
        try
        {
            var follow = await operations.FollowAsync(caller, id, last);
            if (follow.Ok)
                return new TaskStreamResult(follow, caller, streams);
            streams.Leave(caller);
            return new TaskStreamResult(follow, caller, streams: null);
        }
        catch
        {
            streams.Leave(caller);
            throw;
        }
    }
}
