using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Tasks;

namespace Outrider.Testing.Link;

/// <summary>An agent's end of a link without any manners: sends what it is told to, in order or not. Receives within 60 s or fails.</summary>
public sealed class RawAgent : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);
    private readonly ClientWebSocket _socket = new();
    private long _seq;

    private RawAgent()
    {
    }

    /// <summary>The close status the centre gave, once closed.</summary>
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    /// <summary>Binary frames that came so far.</summary>
    public List<byte[]> Blocks { get; } = [];

    /// <summary>Dials; <paramref name="url"/> is <c>ws://…</c> without path.</summary>
    public static async Task<RawAgent> DialAsync(Uri url)
    {
        var agent = new RawAgent();
        agent._socket.Options.AddSubProtocol(LinkProtocol.SubProtocol);
        agent._socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        agent._socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions { ClientContextTakeover = false, ServerContextTakeover = false };
        using var timeout = new CancellationTokenSource(s_timeout);
        // A small window, so that an agent that doesn't read is felt soon.
        using var handler = new SocketsHttpHandler { ConnectCallback = ConnectAsync };
        using var invoker = new HttpMessageInvoker(handler);
        await agent._socket.ConnectAsync(new Uri(url, LinkProtocol.Path), invoker, timeout.Token);
        return agent;
    }

    public static Credential NewCredential(string tenant = "demo") =>
        Credential.Create(CredentialKind.Agent, tenant, "", RandomNumberGenerator.GetBytes(32));

    public static AgentRegister Hello(string agent, Credential credential, string? token = null, string boot = "boot-1") => new()
    {
        Versions = [LinkProtocol.Version],
        Agent = agent,
        Credential = credential.Text,
        Token = token,
        Boot = boot,
        Facts = new AgentFacts { Version = "0.1.0", Capabilities = ["sql"] },
    };

    /// <summary>Dials and registers; the link must be accepted.</summary>
    public static async Task<RawAgent> LinkAsync(Uri url, AgentRegister hello)
    {
        var agent = await DialAsync(url);
        await agent.RegisterAsync(hello);
        return agent;
    }

    /// <summary>Dials and registers; the link must be refused. Returns why.</summary>
    public static async Task<LinkError> RefusedAsync(Uri url, AgentRegister hello)
    {
        await using var agent = await DialAsync(url);
        await agent.SendAsync(hello, "register");
        return await agent.ClosedAsync();
    }

    public async Task<Registered> RegisterAsync(AgentRegister hello)
    {
        await SendAsync(hello, "register");
        var frame = await ReceiveAsync();
        return frame.Data is Ack { Registered: { } registered } && frame.Id == "register"
            ? registered
            : throw new InvalidOperationException($"Not accepted: {frame.Data}");
    }

    /// <summary>Sends a message as the next frame in order.</summary>
    public Task SendAsync(ILinkMessage message, string? id = null) => SendAsync(message, ++_seq, id);

    public Task SendAsync(ILinkMessage message, long seq, string? id)
    {
        var bytes = new ArrayBufferWriter<byte>();
        FrameCodec.Write(bytes, new Frame(id, seq, 0, message));
        return SendAsync(bytes.WrittenMemory, WebSocketMessageType.Text);
    }

    public Task SendTextAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendBlockAsync(string id, uint number, byte[] bytes, BlockKind kind = BlockKind.TaskPayload)
    {
        var frame = new byte[BlockCodec.MaxHeaderBytes + bytes.Length];
        var header = BlockCodec.WriteHeader(frame, kind, id, number);
        bytes.CopyTo(frame, header);
        return SendAsync(frame.AsMemory(0, header + bytes.Length), WebSocketMessageType.Binary);
    }

    /// <summary>Sends a metric batch; its answer is a <see cref="MetricsAck"/>.</summary>
    public Task SendBatchAsync(MetricBatch batch) => MetricBatchCodec.Encode(batch) is { Ok: true, Value: { } bytes }
        ? SendBlockAsync(batch.Boot, (uint)batch.Seq, bytes, BlockKind.MetricBatch)
        : throw new ArgumentException("No valid batch.", nameof(batch));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, bool end = true)
    {
        using var timeout = new CancellationTokenSource(s_timeout);
        await _socket.SendAsync(bytes, type, end, timeout.Token);
    }

    /// <summary>The next text frame.</summary>
    public async Task<Frame> ReceiveAsync() =>
        await TryReceiveAsync() ?? throw new InvalidOperationException($"The centre closed the link: {_socket.CloseStatus} {_socket.CloseStatusDescription}");

    /// <summary>The next frame, which must carry this kind of message.</summary>
    public async Task<T> ReceiveAsync<T>() where T : ILinkMessage => await ReceiveAsync() is { Data: T message }
        ? message
        : throw new InvalidOperationException("Another frame came than the one awaited.");

    /// <summary>Reads until the centre closes; the last frame must be the reason.</summary>
    public async Task<LinkError> ClosedAsync()
    {
        var frames = new List<Frame>();
        while (await TryReceiveAsync() is { } frame)
            frames.Add(frame);
        return frames.LastOrDefault()?.Data as LinkError ?? throw new InvalidOperationException($"Closed without a reason: {_socket.CloseStatus} after {string.Join(", ", frames.Select(frame => frame.Data))}");
    }

    /// <summary>Reads until the centre closes, with or without a reason.</summary>
    public async Task UntilClosedAsync()
    {
        try
        {
            while (await TryReceiveAsync() is not null)
            {
                // Whatever it is.
            }
        }
        catch (WebSocketException)
        {
            // Closed the hard way.
        }
    }

    /// <summary>Takes the next task.</summary>
    public Task<TaskCreate> TaskAsync() => ReceiveAsync<TaskCreate>();

    /// <summary>Breaks the connection as a crash would.</summary>
    public void Abort() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16 * 1024, NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task<Frame?> TryReceiveAsync()
    {
        using var timeout = new CancellationTokenSource(s_timeout);
        using var assembler = new FrameAssembler();
        while (true)
        {
            var piece = await _socket.ReceiveAsync(assembler.Free, timeout.Token);
            if (piece.MessageType == WebSocketMessageType.Close)
                return null;
            var binary = piece.MessageType == WebSocketMessageType.Binary;
            if (assembler.Accept(piece.Count, binary) is { } problem)
                throw new InvalidOperationException(problem.Message);
            if (!piece.EndOfMessage)
                continue;
            if (binary)
            {
                Blocks.Add(assembler.Frame.ToArray());
                assembler.Reset();
                continue;
            }
            var read = FrameCodec.Read(assembler.Frame);
            return read.Ok ? read.Value : throw new InvalidOperationException(read.Problem.Message);
        }
    }
}
