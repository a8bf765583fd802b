using System.Buffers;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;
using Outrider.Protocol.Rows;
using Outrider.Protocol.Tasks;

namespace Outrider.Bench.Link;

/// <summary>An agent that speaks the whole protocol, answers every task with one row and sends the batches it is given.</summary>
internal sealed class SimulatedAgent : IDisposable
{
    private static readonly byte[] s_rows = Rows();
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _seq;

    /// <summary>Called with each answer to a batch.</summary>
    public Action<MetricsAck>? Answered { get; set; }

    /// <summary>Whether its link stands.</summary>
    public bool IsLinked => _socket.State == WebSocketState.Open;

    /// <summary>Dials, registers and returns once it is accepted; then serves in the background until it is disposed.</summary>
    public async Task LinkAsync(Uri url, string name, string token)
    {
        _ = Credential.TryParse(token, out var parsed);
        _socket.Options.AddSubProtocol(LinkProtocol.SubProtocol);
        _socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        _socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions { ClientContextTakeover = false, ServerContextTakeover = false };
        await _socket.ConnectAsync(new Uri(new UriBuilder(url) { Scheme = "ws" }.Uri, LinkProtocol.Path), CancellationToken.None);
        await SendAsync(new AgentRegister
        {
            Versions = [LinkProtocol.Version],
            Agent = name,
            Credential = Credential.Create(CredentialKind.Agent, parsed!.Tenant, "", RandomNumberGenerator.GetBytes(32)).Text,
            Token = token,
            Boot = name,
            Facts = new AgentFacts { Version = "0.1.0", Capabilities = ["sql", LinkProtocol.Metrics], Hostname = name, Os = "simulated" },
        }, "register");
        _ = ServeAsync();
        await _registered.Task;
        await SendAsync(new AgentStatusReport { Databases = [new DatabaseState("starrocks", "ok", "3.3.5")] }, null);
    }

    /// <summary>Sends a metric batch (docs/formats/metric-batch.md).</summary>
    public Task SendBatchAsync(string boot, ulong seq, ReadOnlyMemory<byte> batch) => SendBlockAsync(BlockKind.MetricBatch, boot, (uint)seq, batch);

    public Task BeatAsync() => SendAsync(new Heartbeat(), "heartbeat");

    public void Dispose()
    {
        _socket.Dispose();
        _turn.Dispose();
    }

    private async Task ServeAsync()
    {
        using var assembler = new FrameAssembler();
        try
        {
            while (true)
            {
                var piece = await _socket.ReceiveAsync(assembler.Free, CancellationToken.None);
                if (piece.MessageType == WebSocketMessageType.Close)
                    throw new WebSocketException($"Closed: {_socket.CloseStatusDescription}");
                assembler.Accept(piece.Count, binary: false);
                if (!piece.EndOfMessage)
                    continue;
                var frame = FrameCodec.Read(assembler.Frame).Value!;
                assembler.Reset();
                await ActAsync(frame);
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException)
        {
            _registered.TrySetException(e);
        }
    }

    private async Task ActAsync(Frame frame)
    {
        switch (frame.Data)
        {
            case Ack { Registered: not null }:
                _registered.TrySetResult();
                break;
            case LinkError error:
                _registered.TrySetException(new InvalidOperationException($"{error.Code}: {error.Message}"));
                break;
            case MetricsAck answer:
                Answered?.Invoke(answer);
                break;
            case Heartbeat:
                await SendAsync(new Ack(), frame.Id);
                break;
            case TaskCreate task:
                await SendBlockAsync(BlockKind.TaskPayload, task.TaskId, 0, s_rows);
                await SendAsync(new TaskComplete { TaskId = task.TaskId, Status = TaskStatuses.Success, Rows = 1, PayloadBytes = s_rows.Length }, null);
                break;
        }
    }

    private async Task SendAsync(ILinkMessage message, string? id)
    {
        await _turn.WaitAsync();
        try
        {
            var bytes = new ArrayBufferWriter<byte>();
            FrameCodec.Write(bytes, new Frame(id, ++_seq, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), message));
            await _socket.SendAsync(bytes.WrittenMemory, WebSocketMessageType.Text,
                WebSocketMessageFlags.EndOfMessage | WebSocketMessageFlags.DisableCompression, CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task SendBlockAsync(BlockKind kind, string id, uint number, ReadOnlyMemory<byte> bytes)
    {
        var frame = new byte[BlockCodec.MaxHeaderBytes + bytes.Length];
        var header = BlockCodec.WriteHeader(frame, kind, id, number);
        bytes.CopyTo(frame.AsMemory(header));
        await _turn.WaitAsync();
        try
        {
            await _socket.SendAsync(frame.AsMemory(0, header + bytes.Length), WebSocketMessageType.Binary,
                WebSocketMessageFlags.EndOfMessage | WebSocketMessageFlags.DisableCompression, CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static byte[] Rows()
    {
        var to = new ArrayBufferWriter<byte>();
        RowSetWriter.WriteHeader(to, [new RowSetColumn("n", ColumnKind.Int32, "INT")]);
        RowSetWriter.WriteCell(to, "1"u8);
        return to.WrittenSpan.ToArray();
    }
}
