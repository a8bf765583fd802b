using System.Threading.Channels;
using ModelContextProtocol.Server;
using Outrider.Grains.Mcp;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Mcp.Transport;

/// <summary>One client's conversation over an event stream that this node holds. Until disposed, every node can bring it messages.</summary>
internal sealed class SseConversation : IMcpStream, IAsyncDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly IObservers _observers;
    private readonly ObserverRef<IMcpStream> _address;
    private readonly SseResponseStreamTransport _transport;
    private readonly McpServer _server;
    private readonly Task _run;

    /// <param name="endpoint">Makes the address to post to from the conversation's own one.</param>
    public SseConversation(EventStream stream, IObservers observers, ServerFactory servers, Func<string, string> endpoint)
    {
        _observers = observers;
        _address = observers.Register<IMcpStream>(this);
        _transport = new SseResponseStreamTransport(stream, endpoint(_address.Address));
        _server = servers.Create(_transport);
        _run = _server.RunAsync(_closed.Token);
    }

    /// <summary>Names the address to the client and sends it answers, until cancelled.</summary>
    public Task RunAsync(CancellationToken end) => _transport.RunAsync(end);

    public async Task<Outcome<Done>> ReceiveAsync(Caller caller, byte[] message)
    {
        try
        {
            var received = MessageBody.FromBytes(message);
            RequestContextItems.Attach(received, caller, version: "", _closed.Token);
            await _transport.OnMessageReceivedAsync(received, _closed.Token);
            return Done.Value;
        }
        catch (Exception e) when (_closed.IsCancellationRequested
            && e is OperationCanceledException or ObjectDisposedException or ChannelClosedException or InvalidOperationException)
        {
            return new Problem(ProblemCodes.NotFound, "The event stream is ending.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _observers.Release(_address);
        await _closed.CancelAsync();
        await _transport.DisposeAsync();
        try
        {
            await _run;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
        await _server.DisposeAsync();
        _closed.Dispose();
    }
}
