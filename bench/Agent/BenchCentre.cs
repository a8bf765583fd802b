using System.Buffers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;

namespace Outrider.Bench.Agent;

/// <summary>A centre that lets any agent in, takes its batches and forgets them: what an agent costs, not what a centre does.</summary>
internal sealed class BenchCentre : IAsyncDisposable
{
    private readonly WebApplication _app;
    private long _bytes;
    private long _samples;

    private BenchCentre(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>Bytes of metric batches taken so far, before the link compresses them.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public long Samples => Interlocked.Read(ref _samples);

    public static async Task<BenchCentre> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var centre = new BenchCentre(builder.Build());
        centre._app.UseWebSockets();
        centre._app.Map(LinkProtocol.Path, centre.ServeAsync);
        await centre._app.StartAsync();
        return centre;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = LinkProtocol.SubProtocol, DangerousEnableCompression = true, DisableServerContextTakeover = true,
        });
        using var frame = new FrameAssembler();
        long seq = 0;
        try
        {
            while (await socket.ReceiveAsync(frame.Free, context.RequestAborted) is var piece && piece.MessageType != WebSocketMessageType.Close)
            {
                var binary = piece.MessageType == WebSocketMessageType.Binary;
                frame.Accept(piece.Count, binary);
                if (!piece.EndOfMessage)
                    continue;
                var answer = binary ? Take(frame.Frame) : Answer(FrameCodec.Read(frame.Frame).Value!);
                frame.Reset();
                if (answer is not { } frameToSend)
                    continue;
                var bytes = new ArrayBufferWriter<byte>();
                FrameCodec.Write(bytes, new Frame(frameToSend.Id, ++seq, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), frameToSend.Message));
                await socket.SendAsync(bytes.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The agent has gone.
        }
    }

    private (string? Id, ILinkMessage Message)? Take(ReadOnlySpan<byte> frame)
    {
        var block = BlockCodec.Read(frame, BlockKind.MetricBatch).Value;
        var batch = MetricBatchCodec.Decode(frame[block.HeaderLength..]).Value!;
        Interlocked.Add(ref _bytes, frame.Length - block.HeaderLength);
        Interlocked.Add(ref _samples, batch.Series.Sum(one => one.Samples.Count));
        return (null, new MetricsAck(batch.Boot, batch.Seq));
    }

    private static (string? Id, ILinkMessage Message)? Answer(Frame frame) => frame.Data switch
    {
        AgentRegister => (frame.Id, new Ack(new Registered
        {
            Version = 1, Session = "bench", Enrolled = true, Capabilities = [LinkProtocol.Metrics], Config = new LinkConfig(30, 10),
        })),
        Heartbeat => (frame.Id, new Ack()),
        _ => null,
    };
}
