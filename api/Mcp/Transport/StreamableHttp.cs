using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Outrider.Api.Auth;

namespace Outrider.Api.Mcp.Transport;

/// <summary>
/// Streamable HTTP on one endpoint. <c>initialize</c> opens a session; a message without a session id is served by itself, on any node;
/// revision 2026-07-28 knows no sessions.
/// </summary>
internal sealed class StreamableHttp(
    ServerFactory servers, HttpSessions sessions, IOptions<McpOptions> options, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private readonly McpOptions _options = options.Value;

    /// <summary>A message of the client. The answer to a request comes as an event stream on this response.</summary>
    public async Task PostAsync(HttpContext http)
    {
        var refusal = RequestChecks.Origin(http.Request, _options) ?? RequestChecks.AcceptsBoth(http.Request)
            ?? RequestChecks.HasJson(http.Request);
        JsonRpcMessage? message = null;
        if (refusal is null)
            (message, refusal) = await MessageBody.ReadAsync(http, _options.MaxMessageBytes);
        // After the body, so that the refusal can name the request's id.
        if (message is not null)
        {
            refusal = RequestChecks.Revision(http.Request) is { } unknown
                ? unknown with { Id = IdOf(message) } : SessionlessChecks.Check(http.Request, message);
        }
        if (refusal is not null)
        {
            await refusal.WriteAsync(http);
            return;
        }
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        RequestContextItems.Attach(message!, http.Caller(), RequestChecks.Version(http.Request), end.Token);
        var id = http.Request.Headers[RequestChecks.SessionHeader].ToString();
        if (RequestChecks.IsSessionless(http.Request) || _options.Stateless || (id.Length == 0 && !IsInitialize(message!)))
            await ServeAloneAsync(http, message!, end);
        else if (id.Length == 0)
            await InitializeAsync(http, message!, end);
        else
            await ServeAsync(http, id, message!, end);
    }

    /// <summary>The session's own event stream. Nothing but keep-alives comes over it; while it is open the session doesn't end.</summary>
    public async Task GetAsync(HttpContext http)
    {
        var refusal = RequestChecks.Origin(http.Request, _options) ?? RequestChecks.Revision(http.Request) ?? NoSessions(http)
            ?? RequestChecks.AcceptsEvents(http.Request);
        HttpSession? session = null;
        if (refusal is null)
            (session, refusal) = Enter(http, http.Request.Headers[RequestChecks.SessionHeader].ToString());
        if (refusal is not null)
        {
            await refusal.WriteAsync(http);
            return;
        }
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping, session!.Closed);
        try
        {
            await session.ReplaceEventsAsync(end);
            http.Response.Headers[RequestChecks.SessionHeader] = session.Id;
            StartEvents(http);
            await using var stream = new EventStream(http.Response.Body);
            await stream.FlushAsync(end.Token);
            await stream.KeepAliveAsync(time, _options.KeepAlive, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client left before the stream began.
        }
        finally
        {
            session.ForgetEvents(end);
            sessions.Leave(session);
        }
    }

    /// <summary>The client ends its session.</summary>
    public async Task DeleteAsync(HttpContext http)
    {
        var refusal = RequestChecks.Origin(http.Request, _options) ?? RequestChecks.Revision(http.Request) ?? NoSessions(http);
        HttpSession? session = null;
        if (refusal is null)
            (session, refusal) = Enter(http, http.Request.Headers[RequestChecks.SessionHeader].ToString());
        if (refusal is not null)
        {
            await refusal.WriteAsync(http);
            return;
        }
        await sessions.CloseAsync(session!);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Sets the response's headers for an event stream that no proxy may hold back.</summary>
    public static void StartEvents(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache, no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
    }

    private async Task ServeAloneAsync(HttpContext http, JsonRpcMessage message, CancellationTokenSource end)
    {
        await using var transport = new StreamableHttpServerTransport(servers.Loggers) { Stateless = true };
        await using var server = servers.Create(transport);
        var run = server.RunAsync(CancellationToken.None);
        await AnswerAsync(http, transport, message, end);
        await transport.DisposeAsync();
        await run;
    }

    private async Task InitializeAsync(HttpContext http, JsonRpcMessage message, CancellationTokenSource end)
    {
        var (session, refusal) = sessions.Open(http.Caller(), id =>
        {
            var transport = new StreamableHttpServerTransport(servers.Loggers) { SessionId = id };
            return new HttpSession(id, http.Caller(), transport, servers.Create(transport));
        });
        if (session is null)
        {
            await (refusal! with { Id = IdOf(message) }).WriteAsync(http);
            return;
        }
        // Headers go out with the answer, so that a handshake that fails names no session.
        http.Response.OnStarting(() =>
        {
            if (session.Initialized)
                http.Response.Headers[RequestChecks.SessionHeader] = session.Id;
            return Task.CompletedTask;
        });
        try
        {
            await AnswerAsync(http, (StreamableHttpServerTransport)session.Transport, message, end);
        }
        finally
        {
            sessions.Leave(session);
            if (!session.Initialized)
                await sessions.CloseAsync(session);
        }
    }

    private async Task ServeAsync(HttpContext http, string id, JsonRpcMessage message, CancellationTokenSource end)
    {
        var (session, refusal) = Enter(http, id);
        // A session of the older transport is no session here.
        if (session?.Transport is not StreamableHttpServerTransport transport)
        {
            if (session is not null)
                sessions.Leave(session);
            await ((refusal ?? UnknownSession()) with { Id = IdOf(message) }).WriteAsync(http);
            return;
        }
        try
        {
            if (message is JsonRpcRequest request)
                session.Track(request.Id, end);
            http.Response.Headers[RequestChecks.SessionHeader] = session.Id;
            await AnswerAsync(http, transport, message, end);
            if (CancelledId(message) is { } cancelled)
                await session.CancelAsync(cancelled);
        }
        catch (Exception e) when (session.Closed.IsCancellationRequested
            && e is OperationCanceledException or ObjectDisposedException or ChannelClosedException)
        {
            if (!http.Response.HasStarted)
                await (UnknownSession() with { Id = IdOf(message) }).WriteAsync(http);
        }
        finally
        {
            if (message is JsonRpcRequest request)
                session.Untrack(request.Id, end);
            sessions.Leave(session);
        }
    }

    /// <summary>Hands the message over and keeps the response open, and alive, until the answer is written or the call has ended.</summary>
    private async Task AnswerAsync(
        HttpContext http, StreamableHttpServerTransport transport, JsonRpcMessage message, CancellationTokenSource end)
    {
        await using var stream = new EventStream(http.Response.Body, headersWait: IsInitialize(message));
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        var keepAlive = message is JsonRpcRequest ? stream.KeepAliveAsync(time, _options.KeepAlive, answered.Token) : Task.CompletedTask;
        try
        {
            StartEvents(http);
            if (!await transport.HandlePostRequestAsync(message, stream, OnStart, end.Token))
            {
                http.Response.ContentType = null;
                http.Response.StatusCode = StatusCodes.Status202Accepted;
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Cancelled by a notification, or the client is gone: there is no answer to wait for.
        }
        catch (JsonException e) when (!http.Response.HasStarted)
        {
            await new Refusal(StatusCodes.Status400BadRequest, McpErrorCode.InvalidParams, $"The params don't fit the method: {e.Message}")
            {
                Id = IdOf(message),
            }.WriteAsync(http);
        }
        finally
        {
            await answered.CancelAsync();
            await keepAlive;
        }

        ValueTask OnStart(JsonRpcMessage? first)
        {
            if (first is JsonRpcError error && RequestChecks.IsSessionless(http.Request) && SessionlessChecks.StatusOf(error) is { } status)
                http.Response.StatusCode = status;
            return ValueTask.CompletedTask;
        }
    }

    private (HttpSession?, Refusal?) Enter(HttpContext http, string id)
    {
        if (id.Length == 0)
        {
            return (null, new(StatusCodes.Status400BadRequest, Refusal.Circumstance,
                $"{RequestChecks.SessionHeader} is missing: the answer to initialize carries it."));
        }
        return sessions.Enter(id, http.Caller()) is { } session ? (session, null) : (null, UnknownSession());
    }

    private Refusal? NoSessions(HttpContext http)
    {
        if (!_options.Stateless && !RequestChecks.IsSessionless(http.Request))
            return null;
        http.Response.Headers.Allow = HttpMethods.Post;
        return new(StatusCodes.Status405MethodNotAllowed, Refusal.Circumstance, "There are no sessions here: only POST is served.");
    }

    private static Refusal UnknownSession() =>
        new(StatusCodes.Status404NotFound, Refusal.NoSession, "There is no such session; it may have ended. Start a new one with initialize.");

    private static bool IsInitialize(JsonRpcMessage message) => message is JsonRpcRequest { Method: RequestMethods.Initialize };

    private static RequestId IdOf(JsonRpcMessage message) => message is JsonRpcMessageWithId { Id: var id } ? id : default;

    private static RequestId? CancelledId(JsonRpcMessage message)
    {
        if (message is not JsonRpcNotification { Method: NotificationMethods.CancelledNotification, Params: JsonObject parameters }
            || parameters["requestId"] is not JsonValue id)
        {
            return null;
        }
        return id.TryGetValue(out string? text) ? new RequestId(text) : id.TryGetValue(out long number) ? new RequestId(number) : null;
    }
}
