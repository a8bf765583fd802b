using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Outrider.Api.Auth;

namespace Outrider.Api.Mcp.Transport;

/// <summary>Holds event streams open on this node: as many as there are places for, each kept alive until its client or the node leaves.</summary>
internal sealed class EventStreams(StreamPlaces places, IOptions<McpOptions> options, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Sets the response's headers for an event stream that no proxy may hold back.</summary>
    public static void SetHeaders(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache, no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
    }

    /// <summary>
    /// Runs <paramref name="body"/> over the request's event stream, or refuses for want of a place. The source it gets ends the stream,
    /// and is cancelled when the client leaves or the server stops.
    /// </summary>
    public async Task HoldAsync(HttpContext http, Func<EventStream, CancellationTokenSource, Task> body)
    {
        var caller = http.Caller();
        if (places.Take(caller) is { } refusal)
        {
            await refusal.WriteAsync(http);
            return;
        }
        try
        {
            SetHeaders(http);
            await using var stream = new EventStream(http.Response.Body);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
            await HoldAsync(stream, end, body);
        }
        finally
        {
            places.Leave(caller);
        }
    }

    private async Task HoldAsync(EventStream stream, CancellationTokenSource end, Func<EventStream, CancellationTokenSource, Task> body)
    {
        var keepAlive = stream.KeepAliveAsync(time, options.Value.KeepAlive, end.Token);
        try
        {
            await body(stream, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // That is how it ends.
        }
        finally
        {
            await end.CancelAsync();
            await keepAlive;
        }
    }
}
