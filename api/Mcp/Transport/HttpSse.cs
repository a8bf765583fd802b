using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using Outrider.Api.Auth;
using Outrider.Grains.Mcp;
using Outrider.Grains.Runtime;

namespace Outrider.Api.Mcp.Transport;

/// <summary>
/// The older transport (revision 2024-11-05): answers come over one long event stream, messages go by POST to the address that its first
/// event names. One node holds the stream and serves it; whichever gets a POST hands the message on to it.
/// </summary>
internal sealed class HttpSse(
    ServerFactory servers, SessionIds ids, EventStreams streams, IObservers observers, IOptions<McpOptions> options)
{
    private readonly McpOptions _options = options.Value;

    public async Task GetAsync(HttpContext http)
    {
        if ((RequestChecks.Origin(http.Request, _options) ?? RequestChecks.AcceptsEvents(http.Request)) is { } refusal)
        {
            await refusal.WriteAsync(http);
            return;
        }
        await streams.HoldAsync(http, async (stream, end) =>
        {
            await using var conversation = new SseConversation(stream, observers, servers,
                address => $"{http.Request.PathBase}/messages?sessionId={ids.Issue(SessionKind.Stream, http.Caller(), address)}");
            await conversation.RunAsync(end.Token);
        });
    }

    public async Task PostAsync(HttpContext http)
    {
        var refusal = RequestChecks.Origin(http.Request, _options) ?? RequestChecks.HasJson(http.Request);
        var address = refusal is null ? ids.Read(SessionKind.Stream, http.Request.Query["sessionId"].ToString(), http.Caller()) : null;
        JsonRpcMessage? message = null;
        if (refusal is null)
            (message, refusal) = address is null ? (null, NoStream()) : await MessageBody.ReadAsync(http, _options.MaxMessageBytes);
        refusal ??= await DeliverAsync(http, address!, message!);
        if (refusal is not null)
        {
            await refusal.WriteAsync(http);
            return;
        }
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        await http.Response.WriteAsync("Accepted", http.RequestAborted);
    }

    private async Task<Refusal?> DeliverAsync(HttpContext http, string address, JsonRpcMessage message)
    {
        try
        {
            var stream = observers.Get(new ObserverRef<IMcpStream>(address));
            return (await stream.ReceiveAsync(http.Caller(), MessageBody.ToBytes(message))).Ok ? null : NoStream();
        }
        catch (Exception e) when (e is ObserverGoneException or GrainUnreachableException or TimeoutException)
        {
            // A node that doesn't answer is as good as gone: the client gets on by opening a new stream.
            return NoStream();
        }
    }

    private static Refusal NoStream() =>
        new(StatusCodes.Status404NotFound, Refusal.NoSession, "There is no such session: its event stream is not open. Open a new one at /sse.");
}
