using System.Collections.Concurrent;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Outrider.Grains.Tenancy;

namespace Outrider.Api.Mcp.Transport;

/// <summary>One client's conversation over several HTTP requests, bound to the credential that opened it.</summary>
internal sealed class HttpSession : IAsyncDisposable
{
    private readonly ConcurrentDictionary<RequestId, CancellationTokenSource> _calls = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly McpServer _server;
    private readonly Task _run;
    private CancellationTokenSource? _events;
    private int _disposed;

    public HttpSession(string id, Caller owner, ITransport transport, McpServer server)
    {
        Id = id;
        Owner = owner;
        Transport = transport;
        Closed = _closed.Token;
        _server = server;
        _run = server.RunAsync(Closed);
    }

    /// <summary>128 random bits; knowing it is not enough, the owner's credential is needed too.</summary>
    public string Id { get; }

    public Caller Owner { get; }

    public ITransport Transport { get; }

    /// <summary>Ends when the session does.</summary>
    public CancellationToken Closed { get; }

    /// <summary>Whether the handshake came through.</summary>
    public bool Initialized => _server.NegotiatedProtocolVersion is not null;

    /// <summary>Requests under way; guarded by the table.</summary>
    public int InUse { get; set; }

    /// <summary>When it was last in use, as a time stamp of the table's clock; guarded by the table.</summary>
    public long LastUsed { get; set; }

    public bool BelongsTo(Caller caller) =>
        Owner.Tenant == caller.Tenant && Owner.CredentialId == caller.CredentialId;

    /// <summary>Makes the call's end known by its id, so that a cancellation also ends the HTTP request that waits for the answer.</summary>
    public void Track(RequestId id, CancellationTokenSource end) => _calls[id] = end;

    public void Untrack(RequestId id, CancellationTokenSource end) => _calls.TryRemove(new(id, end));

    public Task CancelAsync(RequestId id) => EndAsync(_calls.GetValueOrDefault(id));

    /// <summary>Registers the session's event stream and ends the one before: after a broken connection the newest is the live one.</summary>
    public Task ReplaceEventsAsync(CancellationTokenSource events) => EndAsync(Interlocked.Exchange(ref _events, events));

    /// <summary>The event stream ended by itself.</summary>
    public void ForgetEvents(CancellationTokenSource events) => Interlocked.CompareExchange(ref _events, null, events);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _closed.CancelAsync();
        await Transport.DisposeAsync();
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

    private static async Task EndAsync(CancellationTokenSource? request)
    {
        try
        {
            await (request?.CancelAsync() ?? Task.CompletedTask);
        }
        catch (ObjectDisposedException)
        {
            // The request ended by itself in this moment.
        }
    }
}
