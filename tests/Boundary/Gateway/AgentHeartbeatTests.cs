using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Outrider.Agent.Configuration;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Protocol.Link;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Gateway;

/// <summary>How an agent keeps its link alive and gives up a dead one, against a centre that does only what the test says.</summary>
public sealed class AgentHeartbeatTests : IAsyncLifetime
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);
    private readonly string _data = Directory.CreateTempSubdirectory("outrider-agent-").FullName;
    private readonly FakeTime _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<WebSocket> _dialled = Channel.CreateUnbounded<WebSocket>();
    private WebApplication _centre = null!;
    private Task<int> _running = null!;
    private long _seq;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _centre = builder.Build();
        _centre.UseWebSockets();
        _centre.Run(async http =>
        {
            var socket = await http.WebSockets.AcceptWebSocketAsync(LinkProtocol.SubProtocol);
            await _dialled.Writer.WriteAsync(socket);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await _centre.StartAsync();
        var options = new AgentOptions { Name = "db-1", EnrolmentToken = "ort.demo.id.secret", DataDirectory = _data };
        _running = new AgentHost
        {
            Options = options,
            Executors = [],
            Transport = new WebSocketTransport(new Uri(_centre.Urls.Single()), options, _time),
            Log = new AgentLog(TextWriter.Null, _time),
            Time = _time,
        }.RunAsync(_stopping.Token);
    }

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        using var soon = new CancellationTokenSource(TimeSpan.Zero);
        await _centre.StopAsync(soon.Token);
        await _centre.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Agent_IdleForTheIntervalAgreed_SendsAHeartbeat()
    {
        var socket = await AcceptAsync();
        _time.Advance(TimeSpan.FromSeconds(11));
        await SendAsync(socket, new Heartbeat(), "quiet");
        Assert.Equal("quiet", (await ReceiveAsync(socket)).Id);
        var received = ReceiveAsync(socket);
        await AdvanceUntilAsync(() => received.IsCompleted);
        var beat = await received;
        Assert.IsType<Heartbeat>(beat.Data);
        Assert.NotNull(beat.Id);
    }

    [Fact]
    public async Task Agent_TheCentreSilentFor90Seconds_DialsAgain()
    {
        await AcceptAsync();
        _time.Advance(LinkProtocol.Silence);
        await AdvanceUntilAsync(() => _dialled.Reader.TryPeek(out _));
        Assert.False(_running.IsCompleted);
    }

    [Fact]
    public async Task Agent_FrameOfACentreOutOfOrder_SaysSoAndCloses()
    {
        var socket = await AcceptAsync();
        _seq++;
        await SendAsync(socket, new Heartbeat(), "x");
        Assert.Equal("frame_out_of_order", Assert.IsType<LinkError>((await ReceiveAsync(socket)).Data).Code);
    }

    /// <summary>Takes the next link, agrees on heartbeats every 12 s, and knows that the agent has understood.</summary>
    private async Task<WebSocket> AcceptAsync()
    {
        using var timeout = new CancellationTokenSource(s_timeout);
        var socket = await _dialled.Reader.ReadAsync(timeout.Token);
        var register = await ReceiveAsync(socket);
        Assert.Equal("db-1", Assert.IsType<AgentRegister>(register.Data).Agent);
        await SendAsync(socket, new Ack(new Registered
        {
            Version = 1, Session = "s", Enrolled = true, Capabilities = [], Config = new LinkConfig(12, 10),
        }), register.Id);
        await SendAsync(socket, new Heartbeat(), "ready");
        Assert.Equal("ready", (await ReceiveAsync(socket)).Id);
        return socket;
    }

    /// <summary>Second by second: what a frame's receiver sees, its sender may not have written down yet.</summary>
    private async Task AdvanceUntilAsync(Func<bool> isSo)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!isSo())
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await pause.WaitForNextTickAsync();
        }
    }

    private async Task SendAsync(WebSocket socket, ILinkMessage message, string? id)
    {
        var bytes = new ArrayBufferWriter<byte>();
        FrameCodec.Write(bytes, new Frame(id, ++_seq, 0, message));
        await socket.SendAsync(bytes.WrittenMemory, WebSocketMessageType.Text, true, CancellationToken.None);
    }

    private static async Task<Frame> ReceiveAsync(WebSocket socket)
    {
        using var timeout = new CancellationTokenSource(s_timeout);
        using var assembler = new FrameAssembler();
        ValueWebSocketReceiveResult piece;
        do
        {
            piece = await socket.ReceiveAsync(assembler.Free, timeout.Token);
            Assert.Null(assembler.Accept(piece.Count, binary: false));
        }
        while (!piece.EndOfMessage);
        return FrameCodec.Read(assembler.Frame).Value!;
    }
}
