using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Agent;

/// <summary>A centre's end of the link that takes metric batches and answers them as a test says, and takes what comes of tasks. One link at a time.</summary>
internal sealed class FakeCentre : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly Channel<MetricBatch> _batches = Channel.CreateUnbounded<MetricBatch>();
    private readonly Channel<ILinkMessage> _tasks = Channel.CreateUnbounded<ILinkMessage>();
    private readonly ConcurrentQueue<LogChunk> _chunks = new();
    private readonly Channel<LinkError> _errors = Channel.CreateUnbounded<LinkError>();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _linked = new(0);
    private WebSocket? _socket;
    private long _seq;

    private FakeCentre(WebApplication app, TimeProvider time) => (_app, _time) = (app, time);

    public Uri Url => new(_app.Urls.Single());

    /// <summary>What it offers in its answer to <c>agent_register</c>.</summary>
    public List<string> Capabilities { get; set; } = [LinkProtocol.Metrics];

    public LinkConfig Config { get; set; } = new(30, 10);

    /// <summary>Its answer to each batch; null: none.</summary>
    public Func<MetricBatch, MetricsAck?> Answer { get; set; } = batch => new MetricsAck(batch.Boot, batch.Seq);

    /// <summary>How far its clock is behind the agent's.</summary>
    public TimeSpan Behind { get; set; }

    /// <summary>What it was told last in <c>agent_register</c>.</summary>
    public AgentRegister? Hello { get; private set; }

    /// <summary>The output that came, in order.</summary>
    public IReadOnlyCollection<LogChunk> Chunks => _chunks;

    /// <summary>The next violation that the agent found.</summary>
    public ValueTask<LinkError> ErrorAsync() => _errors.Reader.ReadAsync();

    public static async Task<FakeCentre> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var centre = new FakeCentre(builder.Build(), time);
        centre._app.UseWebSockets();
        centre._app.Map(LinkProtocol.Path, centre.ServeAsync);
        await centre._app.StartAsync();
        return centre;
    }

    /// <summary>Ends when an agent has registered once more.</summary>
    public Task LinkedAsync() => _linked.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Whether a batch has come that wasn't read yet; reads it.</summary>
    public bool TryTake(out MetricBatch batch) => _batches.Reader.TryRead(out batch!);

    /// <summary>The next batch, once it has come.</summary>
    public async Task<MetricBatch> BatchAsync() => await _batches.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>The next <c>task_state</c> or <c>task_complete</c> that is as asked for, once it has come; those before it are dropped.</summary>
    public async Task<T> TaskMessageAsync<T>(Func<T, bool> isIt) where T : ILinkMessage
    {
        while (true)
        {
            if (await _tasks.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60)) is T message && isIt(message))
                return message;
        }
    }

    public async Task SendAsync(ILinkMessage message, string? id = null)
    {
        await _turn.WaitAsync();
        try
        {
            var bytes = new ArrayBufferWriter<byte>();
            FrameCodec.Write(bytes, new Frame(id, ++_seq, (_time.GetUtcNow() - Behind).ToUnixTimeMilliseconds(), message));
            await _socket!.SendAsync(bytes.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The agent has gone.
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Breaks the link, as a network does.</summary>
    public void Cut() => _socket?.Abort();

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _app.DisposeAsync();
        _linked.Dispose();
        _turn.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(LinkProtocol.SubProtocol);
        (_socket, _seq) = (socket, 0);
        using var frame = new FrameAssembler();
        try
        {
            while (await socket.ReceiveAsync(frame.Free, context.RequestAborted) is var piece && piece.MessageType != WebSocketMessageType.Close)
            {
                var binary = piece.MessageType == WebSocketMessageType.Binary;
                Assert.Null(frame.Accept(piece.Count, binary));
                if (!piece.EndOfMessage)
                    continue;
                await (binary ? OnBlockAsync(frame.Frame.ToArray()) : OnMessageAsync(FrameCodec.Read(frame.Frame).Value!));
                frame.Reset();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The link is over.
        }
    }

    private async Task OnMessageAsync(Frame frame)
    {
        switch (frame.Data)
        {
            case AgentRegister hello:
                Hello = hello;
                await SendAsync(new Ack(new Registered { Version = 1, Session = "s", Enrolled = true, Capabilities = Capabilities, Config = Config }), frame.Id);
                _linked.Release();
                break;
            case Heartbeat when frame.Id is not null:
                await SendAsync(new Ack(), frame.Id);
                break;
            case TaskStates or TaskComplete:
                _tasks.Writer.TryWrite(frame.Data);
                break;
            case LinkError error:
                _errors.Writer.TryWrite(error);
                break;
        }
    }

    private Task OnBlockAsync(byte[] frame)
    {
        if (BlockCodec.KindOf(frame) != BlockKind.LogChunk)
            return OnBatchAsync(frame);
        var block = BlockCodec.Read(frame, BlockKind.LogChunk).Value;
        _chunks.Enqueue(LogChunkCodec.Read(block.Number, frame.AsMemory(block.HeaderLength)).Value!);
        return Task.CompletedTask;
    }

    private async Task OnBatchAsync(byte[] frame)
    {
        var block = BlockCodec.Read(frame, BlockKind.MetricBatch);
        Assert.Null(block.Problem);
        var batch = MetricBatchCodec.Decode(frame.AsSpan(block.Value.HeaderLength)).Value!;
        Assert.Equal((batch.Boot, (uint)batch.Seq), (block.Value.Id, block.Value.Number));
        var answer = Answer(batch);
        _batches.Writer.TryWrite(batch);
        if (answer is not null)
            await SendAsync(answer);
    }
}
