using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Outrider.Api.Auth;

namespace Outrider.Api.Mcp.Transport;

/// <summary>
/// Streamable HTTP on one endpoint. Any node serves any message, each by itself: what must be known of the session that <c>initialize</c>
/// opened stands in its id. A message without a session id is served too, and revision 2026-07-28 knows no sessions.
/// </summary>
internal sealed class StreamableHttp(
    ServerFactory servers, SessionIds ids, SessionActivity activity, EventStreams streams, IOptions<McpOptions> options, TimeProvider time)
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
            refusal = RequestChecks.Revision(http.Request) ?? SessionlessChecks.Check(http.Request, message);
        var id = SessionOf(http.Request);
        var opens = OpensSession(http, message);
        var inSession = id.Length > 0 && !opens && !RequestChecks.IsSessionless(http.Request);
        var revision = opens ? "" : RequestChecks.Version(http.Request); // A handshake settles it.
        if (refusal is null && inSession)
            (revision, refusal) = Enter(http, id);
        if (refusal is not null)
        {
            await (message is JsonRpcMessageWithId { Id: var named } ? refusal with { Id = named } : refusal).WriteAsync(http);
            return;
        }
        if (message is not JsonRpcRequest request)
        {
            if (inSession && CancelledId(message!) is { } cancelled)
                await activity.CancelAsync(id, cancelled);
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        RequestContextItems.Attach(request, http.Caller(), revision, end.Token);
        await (inSession ? ServeInSessionAsync(http, id, request, end) : ServeAsync(http, request, end));
    }

    /// <summary>The session's own event stream. Nothing but keep-alives comes over it; a newer one on the same node replaces it.</summary>
    public async Task GetAsync(HttpContext http)
    {
        var refusal = CheckSessionVerb(http) ?? RequestChecks.AcceptsEvents(http.Request) ?? Enter(http, SessionOf(http.Request)).Refusal;
        if (refusal is not null)
        {
            await refusal.WriteAsync(http);
            return;
        }
        var id = SessionOf(http.Request);
        http.Response.Headers[RequestChecks.SessionHeader] = id;
        await streams.HoldAsync(http, async (stream, end) =>
        {
            await activity.BeginAsync(id, SessionActivity.Events, end);
            try
            {
                await stream.FlushAsync(end.Token);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, end.Token);
            }
            finally
            {
                activity.Finish(id, SessionActivity.Events, end);
            }
        });
    }

    /// <summary>The client ends its session.</summary>
    public async Task DeleteAsync(HttpContext http)
    {
        var refusal = CheckSessionVerb(http) ?? Enter(http, SessionOf(http.Request)).Refusal;
        if (refusal is not null)
        {
            await refusal.WriteAsync(http);
            return;
        }
        await activity.EndAsync(SessionOf(http.Request));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task ServeInSessionAsync(HttpContext http, string id, JsonRpcRequest request, CancellationTokenSource end)
    {
        http.Response.Headers[RequestChecks.SessionHeader] = id;
        await activity.BeginAsync(id, request.Id, end);
        try
        {
            await ServeAsync(http, request, end);
        }
        finally
        {
            activity.Finish(id, request.Id, end);
        }
    }

    private async Task ServeAsync(HttpContext http, JsonRpcRequest request, CancellationTokenSource end)
    {
        await using var transport = new StreamableHttpServerTransport(servers.Loggers) { Stateless = true };
        await using var server = servers.Create(transport);
        if (OpensSession(http, request))
            NameSession(http, server);
        var run = server.RunAsync(CancellationToken.None);
        await AnswerAsync(http, transport, request, end);
        await transport.DisposeAsync();
        await run;
    }

    /// <summary>Names the session that the handshake opens. Headers go out with the answer, so that one that fails names none.</summary>
    private void NameSession(HttpContext http, McpServer server) => http.Response.OnStarting(() =>
    {
        if (server.NegotiatedProtocolVersion is { } revision)
            http.Response.Headers[RequestChecks.SessionHeader] = ids.Issue(SessionKind.Session, http.Caller(), revision);
        return Task.CompletedTask;
    });

    /// <summary>Hands the request over and keeps the response open, and alive, until the answer is written or the call has ended.</summary>
    private async Task AnswerAsync(
        HttpContext http, StreamableHttpServerTransport transport, JsonRpcRequest request, CancellationTokenSource end)
    {
        await using var stream = new EventStream(http.Response.Body, headersWait: OpensSession(http, request));
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        var keepAlive = stream.KeepAliveAsync(time, _options.KeepAlive, answered.Token);
        try
        {
            EventStreams.SetHeaders(http);
            await transport.HandlePostRequestAsync(request, stream, OnStart, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Cancelled by a notification, or the client is gone: there is no answer to wait for.
        }
        catch (JsonException e) when (!http.Response.HasStarted)
        {
            await new Refusal(StatusCodes.Status400BadRequest, McpErrorCode.InvalidParams, $"The params don't fit the method: {e.Message}")
            {
                Id = request.Id,
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

    /// <summary>What both verbs besides POST need.</summary>
    private Refusal? CheckSessionVerb(HttpContext http)
    {
        if ((RequestChecks.Origin(http.Request, _options) ?? RequestChecks.Revision(http.Request)) is { } refusal)
            return refusal;
        if (RequestChecks.IsSessionless(http.Request))
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            return new(StatusCodes.Status405MethodNotAllowed, Refusal.Circumstance, "There are no sessions here: only POST is served.");
        }
        return SessionOf(http.Request).Length > 0 ? null : new(StatusCodes.Status400BadRequest, Refusal.Circumstance,
            $"{RequestChecks.SessionHeader} is missing: the answer to initialize carries it.");
    }

    /// <summary>The revision that the caller's session has negotiated, or why the request isn't part of it.</summary>
    private (string Revision, Refusal? Refusal) Enter(HttpContext http, string id)
    {
        var named = RequestChecks.Version(http.Request);
        if (ids.Read(SessionKind.Session, id, http.Caller()) is not { } revision || activity.IsEnded(id))
        {
            return ("", new(StatusCodes.Status404NotFound, Refusal.NoSession,
                "There is no such session; it may have ended. Start a new one with initialize."));
        }
        return named.Length == 0 || named == revision ? (revision, null) : ("", new(StatusCodes.Status400BadRequest, McpErrorCode.InvalidRequest,
            $"{RequestChecks.VersionHeader} is '{named}', but this session has negotiated '{revision}'."));
    }

    private static string SessionOf(HttpRequest request) => request.Headers[RequestChecks.SessionHeader].ToString();

    private static bool OpensSession(HttpContext http, JsonRpcMessage? message) =>
        message is JsonRpcRequest { Method: RequestMethods.Initialize } && !RequestChecks.IsSessionless(http.Request);

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
