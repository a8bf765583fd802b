using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using Outrider.Api.Auth;

namespace Outrider.Api.Mcp.Transport;

/// <summary>
/// The older transport (revision 2024-11-05): answers come over one long event stream, messages go by POST to the address that its first
/// event names. The session lives as long as the stream, on the node that holds it.
/// </summary>
internal sealed class HttpSse(
    ServerFactory servers, HttpSessions sessions, IOptions<McpOptions> options, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private readonly McpOptions _options = options.Value;

    public async Task GetAsync(HttpContext http)
    {
        if ((RequestChecks.Origin(http.Request, _options) ?? RequestChecks.AcceptsEvents(http.Request)) is { } refusal)
        {
            await refusal.WriteAsync(http);
            return;
        }
        await using var stream = new EventStream(http.Response.Body);
        var (session, full) = sessions.Open(http.Caller(), id =>
        {
            var transport = new SseResponseStreamTransport(stream, $"{http.Request.PathBase}/messages?sessionId={id}", id);
            return new HttpSession(id, http.Caller(), transport, servers.Create(transport));
        });
        if (session is null)
        {
            await full!.WriteAsync(http);
            return;
        }
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping, session.Closed);
        StreamableHttp.StartEvents(http);
        var keepAlive = stream.KeepAliveAsync(time, _options.KeepAlive, end.Token);
        try
        {
            await ((SseResponseStreamTransport)session.Transport).RunAsync(end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client left, or the server stops.
        }
        finally
        {
            sessions.Leave(session);
            await sessions.CloseAsync(session);
            await end.CancelAsync();
            await keepAlive;
        }
    }

    public async Task PostAsync(HttpContext http)
    {
        var refusal = RequestChecks.Origin(http.Request, _options) ?? RequestChecks.HasJson(http.Request);
        var session = refusal is null ? sessions.Enter(http.Request.Query["sessionId"].ToString(), http.Caller()) : null;
        try
        {
            if (session?.Transport is not SseResponseStreamTransport transport)
            {
                await (refusal ?? UnknownSession()).WriteAsync(http);
                return;
            }
            (var message, refusal) = await MessageBody.ReadAsync(http, _options.MaxMessageBytes);
            if (message is null)
            {
                await refusal!.WriteAsync(http);
                return;
            }
            RequestContextItems.Attach(message, http.Caller(), version: "", session.Closed);
            await transport.OnMessageReceivedAsync(message, http.RequestAborted);
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            await http.Response.WriteAsync("Accepted", http.RequestAborted);
        }
        catch (Exception e) when (session is { Closed.IsCancellationRequested: true } && e is ChannelClosedException or InvalidOperationException)
        {
            await UnknownSession().WriteAsync(http);
        }
        finally
        {
            if (session is not null)
                sessions.Leave(session);
        }
    }

    private static Refusal UnknownSession() =>
        new(StatusCodes.Status404NotFound, Refusal.NoSession, "There is no such session: its event stream at /sse is not open here.");
}
