using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Outrider.MySql.Server;

/// <summary>A TCP listener that runs a <see cref="ServerSession"/> per connection.</summary>
public sealed class MySqlServer : IAsyncDisposable
{
    private readonly ServerOptions _options;
    private readonly IQueryHandler _handler;
    private readonly TimeProvider _time;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<uint, Task> _running = new();
    private readonly Task _accepting;

    private MySqlServer(IPEndPoint address, ServerOptions options, IQueryHandler handler, TimeProvider time)
    {
        (_options, _handler, _time) = (options, handler, time);
        _listener = new(address);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Its sessions.</summary>
    public SessionRegistry Sessions { get; } = new();

    /// <summary>What its sessions share for authentication.</summary>
    public ServerSecrets Secrets { get; } = new();

    /// <summary>Called with what ended a session other than its client or the server, for a log.</summary>
    public Action<ServerSession, Exception>? SessionFailed { get; set; }

    /// <summary>Listens on an address; port 0 takes a free one.</summary>
    /// <exception cref="SocketException">The address is taken.</exception>
    public static MySqlServer Start(IPEndPoint address, ServerOptions options, IQueryHandler handler, TimeProvider time) =>
        new(address, options, handler, time);

    /// <summary>Closes all connections and waits for the handlers.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_running.Values);
        Secrets.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                client.NoDelay = true;
                var session = new ServerSession(client.GetStream(), _options, Secrets, Sessions, _handler, _time);
                Track(session, RunAsync(session));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // A client that was gone before it was accepted, or the server stops.
            }
        }
    }

    private async Task RunAsync(ServerSession session)
    {
        await Task.Yield();
        try
        {
            await session.RunAsync(_stopping.Token);
        }
        catch (Exception e)
        {
            SessionFailed?.Invoke(session, e);
        }
    }

    private void Track(ServerSession session, Task task)
    {
        _running[session.ConnectionId] = task;
        _ = task.ContinueWith(_ => _running.TryRemove(session.ConnectionId, out var _), TaskScheduler.Default);
    }
}
