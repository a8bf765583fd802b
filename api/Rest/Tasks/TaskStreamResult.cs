using System.Buffers;
using System.IO.Pipelines;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Outrider.Api.Auth;
using Outrider.Api.Operations;
using Outrider.Api.Operations.Tasks;
using Outrider.Api.Problems;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Rest.Tasks;

/// <summary>
/// A task's states and log as server-sent events until its end, or the problem. Nothing waits here for a slow reader: the next news are
/// asked for when it has taken the last.
/// </summary>
/// <param name="outcome">What is followed; null: the reader has seen the end, and 204 keeps a browser from connecting again.</param>
/// <param name="streams">Whose place it has; null: none.</param>
internal sealed class TaskStreamResult(Outcome<TaskFollow>? outcome, Caller caller, TaskStreams? streams) : IResult, IEndpointMetadataProvider
{
    /// <summary>The id of the last event: who has seen it needs nothing more.</summary>
    public const string EndId = "end";

    private const string ContentType = "text/event-stream";
    private const int FlushAt = 64 * 1024;

    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (outcome is null)
        {
            httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        if (!outcome.Ok)
        {
            await ProblemJson.WriteAsync(httpContext, outcome.Problem);
            return;
        }
        try
        {
            await using var follow = outcome.Value;
            await StreamAsync(httpContext, follow);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The reader has gone; the task goes on.
        }
        finally
        {
            streams!.Leave(caller);
        }
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [ContentType]));

    private async Task StreamAsync(HttpContext http, TaskFollow follow)
    {
        http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        http.Response.ContentType = ContentType;
        http.Response.Headers.CacheControl = "no-store";
        // Said to proxies, nginx above all.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var to = http.Response.BodyWriter;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        await using var events = follow.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = events.MoveNextAsync().AsTask();
        var provenAt = time.GetUtcNow();
        try
        {
            while (true)
            {
                if (!next.IsCompleted || to.UnflushedBytes >= FlushAt)
                    await to.FlushAsync(stop.Token);
                if (time.GetUtcNow() - provenAt >= s_heartbeat)
                {
                    if (await ProveAsync(http) is { } refused)
                    {
                        Write(to, "error", null, refused, json);
                        break;
                    }
                    provenAt = time.GetUtcNow();
                }
                if (!next.IsCompleted && !await WaitAsync(next, time, stop.Token))
                {
                    to.Write(": heartbeat\n\n"u8);
                    continue;
                }
                if (!await next)
                    break;
                Write(to, follow.Id, events.Current, json);
                next = events.MoveNextAsync().AsTask();
            }
            await to.FlushAsync(stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            // An iterator that is under way can't be disposed of.
            await next.ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>False: nothing came for the time of a heartbeat.</summary>
    private static async Task<bool> WaitAsync(Task next, TimeProvider time, CancellationToken stop)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var beat = Task.Delay(s_heartbeat, time, wake.Token);
        var first = await Task.WhenAny(next, beat);
        await wake.CancelAsync();
        return first == next;
    }

    /// <summary>A key may be revoked while the stream is open. Null: it is still good, or can't be told just now.</summary>
    private async Task<Problem?> ProveAsync(HttpContext http)
    {
        try
        {
            var again = await http.RequestServices.GetRequiredService<Authenticator>().AuthenticateAsync(http.CallerCredential());
            return !again.Ok ? again.Problem
                : again.Value == caller ? null
                : new Problem(ProblemCodes.Forbidden, "The role of this key has changed. Connect again.");
        }
        catch (Exception e) when (GrainCalls.Describe(e) is not null)
        {
            return null;
        }
    }

    private static void Write(PipeWriter to, string id, TaskFollowed followed, JsonSerializerOptions json)
    {
        foreach (var row in followed.Rows)
        {
            var view = LogRowView.Of(id, row);
            Write(to, row.Missing > 0 ? "gap" : "log", view.Id, view, json);
        }
        if (followed.Task is { } task)
            Write(to, followed.End ? "end" : "state", followed.End ? EndId : null, TaskView.Of(task), json);
    }

    private static void Write<T>(PipeWriter to, string type, string? id, T data, JsonSerializerOptions json)
    {
        if (id is not null)
            to.Write(Encoding.UTF8.GetBytes($"id: {id}\n"));
        to.Write(Encoding.UTF8.GetBytes($"event: {type}\ndata: "));
        // One line: JSON has no line ends but those it escapes.
        using (var writer = new Utf8JsonWriter(to, RestJson.Writer))
            JsonSerializer.Serialize(writer, data, json);
        to.Write("\n\n"u8);
    }
}
