using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Outrider.Testing.Cluster;

/// <summary>Passes TCP connections on, both ways, to the first of several targets that takes them.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<IReadOnlyList<IPEndPoint>> _targets;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Socket, (Socket Server, IPEndPoint Target)> _pairs = [];
    private readonly Task _running;

    private TcpRelay(IPAddress address, Func<IReadOnlyList<IPEndPoint>> targets)
    {
        _targets = targets;
        _listener = new TcpListener(address, 0);
        _listener.Start();
        _running = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Listens on a free port.</summary>
    /// <param name="targets">Asked for each connection; the first that takes it serves it.</param>
    public static TcpRelay Start(IPAddress address, Func<IReadOnlyList<IPEndPoint>> targets) => new(address, targets);

    /// <summary>Breaks all connections to a target.</summary>
    public void Cut(IPEndPoint target)
    {
        foreach (var (client, pair) in _pairs.Where(pair => pair.Value.Target.Equals(target)))
            Close(client, pair.Server);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        foreach (var (client, pair) in _pairs)
            Close(client, pair.Server);
        await _running;
        _stopping.Dispose();
    }

    private static void Close(Socket one, Socket other)
    {
        one.Dispose();
        other.Dispose();
    }

    private async Task AcceptAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                served.RemoveAll(task => task.IsCompleted);
                served.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            if (await ConnectAsync() is not { } pair)
                return;
            using (pair.Server)
            {
                _pairs[client] = pair;
                await Task.WhenAny(PumpAsync(client, pair.Server), PumpAsync(pair.Server, client));
                _pairs.TryRemove(client, out _);
            }
        }
    }

    private async Task<(Socket Server, IPEndPoint Target)?> ConnectAsync()
    {
        foreach (var target in _targets())
        {
            var server = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await server.ConnectAsync(target, _stopping.Token);
                return (server, target);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                server.Dispose();
            }
        }
        return null;
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Broken: the other way ends with it.
        }
    }
}
