using System.Net;
using System.Net.Sockets;

namespace Outrider.Testing.MySql;

/// <summary>
/// A TCP proxy that lets a number of the server's bytes through, to all clients together, and then goes wrong as told. What clients send
/// always goes through.
/// </summary>
public sealed class FaultyProxy : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Fault _fault;
    private readonly Task _running;
    private long _left;

    private FaultyProxy(int serverPort, Fault fault, long bytes)
    {
        (_fault, _left) = (fault, bytes);
        _listener.Start();
        _running = RunAsync(serverPort);
    }

    /// <summary>What goes wrong.</summary>
    public enum Fault
    {
        /// <summary>That connection closes; the others and later ones aren't touched until <see cref="Arm"/>.</summary>
        Cut,

        /// <summary>All connections stay open and silent, and so do later ones.</summary>
        Stall,
    }

    /// <summary>TCP port on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Completes when the fault has struck.</summary>
    public Task Faulted => _faulted.Task;

    /// <summary>Stands between clients and a server on 127.0.0.1.</summary>
    /// <param name="serverPort">The server's port.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="bytes">After how many bytes of the server; see also <see cref="Arm"/>.</param>
    public static FaultyProxy Start(int serverPort, Fault fault, long bytes = long.MaxValue) => new(serverPort, fault, bytes);

    /// <summary>Counts anew: the fault strikes after this many more bytes.</summary>
    public void Arm(long bytes) => Interlocked.Exchange(ref _left, bytes);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        // First: between two accepts, a listener that was disposed would say that it was never started.
        await _running;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync(int serverPort)
    {
        var clients = new List<Task>();
        try
        {
            while (true)
                clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token), serverPort));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The test is over.
        }
        await Task.WhenAll(clients);
    }

    private async Task ServeAsync(TcpClient accepted, int serverPort)
    {
        using var client = accepted;
        try
        {
            using var server = new TcpClient { NoDelay = true };
            client.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, serverPort, _stopping.Token);
            var up = client.GetStream().CopyToAsync(server.GetStream(), _stopping.Token);
            var down = SendDownAsync(server.GetStream(), client.GetStream());
            await Task.WhenAny(up, down);
            if (_fault == Fault.Stall && down.IsCompleted)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stopping.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The test is over, or either side hung up.
        }
    }

    private async Task SendDownAsync(NetworkStream server, NetworkStream client)
    {
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await server.ReadAsync(buffer, _stopping.Token)) > 0)
        {
            var allowed = (int)Math.Clamp(Interlocked.Read(ref _left), 0, read);
            await client.WriteAsync(buffer.AsMemory(0, allowed), _stopping.Token);
            if (Interlocked.Add(ref _left, -read) > 0)
                continue;
            if (_fault == Fault.Cut)
                Arm(long.MaxValue);
            _faulted.TrySetResult();
            return;
        }
    }
}
