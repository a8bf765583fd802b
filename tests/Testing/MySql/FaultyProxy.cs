using System.Net;
using System.Net.Sockets;

namespace Outrider.Testing.MySql;

/// <summary>
/// A TCP proxy for one client that lets a number of the server's bytes through and then goes wrong as told. What the client sends always
/// goes through.
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
        /// <summary>The connection closes.</summary>
        Cut,

        /// <summary>The connection stays open and silent.</summary>
        Stall,
    }

    /// <summary>TCP port on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Completes when the fault has struck.</summary>
    public Task Faulted => _faulted.Task;

    /// <summary>Stands between one client and a server on 127.0.0.1.</summary>
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
        _listener.Dispose();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync(int serverPort)
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
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
            var allowed = (int)Math.Min(read, Interlocked.Read(ref _left));
            await client.WriteAsync(buffer.AsMemory(0, allowed), _stopping.Token);
            if (Interlocked.Add(ref _left, -read) > 0)
                continue;
            _faulted.TrySetResult();
            return;
        }
    }
}
