using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Outrider.Testing.Link;

/// <summary>A viewer of the live feed without any manners. Receives within <see cref="TestTimeouts.Default"/> or fails.</summary>
public sealed class RawViewer : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1024 * 1024];

    private RawViewer()
    {
    }

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? SubProtocol => _socket.SubProtocol;

    /// <summary>Opens a socket; whoever it is isn't said yet unless <paramref name="configure"/> does.</summary>
    public static async Task<RawViewer> OpenAsync(Uri centre, Action<ClientWebSocketOptions>? configure = null, string path = "/ws")
    {
        var viewer = new RawViewer();
        viewer._socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        configure?.Invoke(viewer._socket.Options);
        using var timeout = new CancellationTokenSource(TestTimeouts.Default, TimeProvider.System);
        // A small window, so that a viewer that doesn't read is felt soon.
        using var handler = new SocketsHttpHandler { ConnectCallback = ConnectAsync };
        using var invoker = new HttpMessageInvoker(handler);
        await viewer._socket.ConnectAsync(new Uri(new UriBuilder(centre) { Scheme = "ws" }.Uri, path), invoker, timeout.Token);
        return viewer;
    }

    /// <summary>Opens a socket with this key in a header; it must be let in.</summary>
    public static async Task<RawViewer> ConnectAsync(Uri centre, string key)
    {
        var viewer = await OpenAsync(centre, options => options.SetRequestHeader("X-API-Key", key));
        await viewer.ReceiveAsync("ready");
        return viewer;
    }

    public Task SendAsync(object frame) => SendTextAsync(JsonSerializer.Serialize(frame));

    public Task SendTextAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public async Task SendAsync(byte[] bytes, WebSocketMessageType type, bool end = true)
    {
        using var timeout = new CancellationTokenSource(TestTimeouts.Default, TimeProvider.System);
        await _socket.SendAsync(bytes, type, end, timeout.Token);
    }

    /// <summary>Subscribes, and takes what is told at first: all of it, in as many frames as there are.</summary>
    public async Task<List<JsonElement>> SubscribeAsync(object subscribe)
    {
        await SendAsync(subscribe);
        var frames = new List<JsonElement> { await ReceiveAsync("update") };
        while (frames[^1].TryGetProperty("more", out _))
            frames.Add(await ReceiveAsync("update"));
        return frames;
    }

    /// <summary>The next frame but for heartbeats, which must be of this type.</summary>
    public async Task<JsonElement> ReceiveAsync(string type)
    {
        var frame = await ReceiveAsync() ?? throw Closed();
        return frame.GetProperty("type").GetString() == type ? frame : throw new InvalidOperationException($"Not {type}: {frame}");
    }

    /// <summary>The next frame but for heartbeats; null: the centre has closed.</summary>
    public async Task<JsonElement?> ReceiveAsync()
    {
        using var timeout = new CancellationTokenSource(TestTimeouts.Default, TimeProvider.System);
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult piece;
            do
            {
                piece = await _socket.ReceiveAsync(_buffer.AsMemory(length), timeout.Token);
                if (piece.MessageType == WebSocketMessageType.Close)
                    return null;
                length += piece.Count;
            }
            while (!piece.EndOfMessage);
            var frame = JsonSerializer.Deserialize<JsonElement>(_buffer.AsSpan(0, length));
            if (frame.GetProperty("type").GetString() != "heartbeat")
                return frame;
        }
    }

    /// <summary>The next frame of this type, past updates.</summary>
    public async Task<JsonElement> ReceivePastUpdatesAsync(string type)
    {
        while (true)
        {
            var frame = await ReceiveAsync() ?? throw Closed();
            if (frame.GetProperty("type").GetString() == type)
                return frame;
            if (frame.GetProperty("type").GetString() != "update")
                throw new InvalidOperationException($"Not {type}: {frame}");
        }
    }

    /// <summary>The code of the next frame but for updates, an error.</summary>
    public async Task<string> ErrorAsync() => (await ReceivePastUpdatesAsync("error")).GetProperty("code").GetString()!;

    /// <summary>Reads until the centre closes; the last frame must say why: its code.</summary>
    public async Task<string> ClosedAsync()
    {
        JsonElement? last = null;
        while (await ReceiveAsync() is { } frame)
            last = frame;
        return last?.GetProperty("code").GetString() ?? throw new InvalidOperationException($"Closed without a reason: {_socket.CloseStatus}");
    }

    /// <summary>Reads until the connection is over, closed or broken.</summary>
    public async Task UntilOverAsync()
    {
        try
        {
            while (await ReceiveAsync() is not null)
            {
                // Whatever it is.
            }
        }
        catch (WebSocketException)
        {
            // Closed the hard way.
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private InvalidOperationException Closed() => new($"The centre closed: {_socket.CloseStatus} {_socket.CloseStatusDescription}");

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16 * 1024, NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
