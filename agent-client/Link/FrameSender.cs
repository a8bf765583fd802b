using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Outrider.Protocol.Link;

namespace Outrider.Agent.Link;

/// <summary>
/// Sends frames over one socket, one at a time, in the order asked for. Nothing is queued: whoever sends waits until the centre has room.
/// Thread-safe.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore's wait handle is never made, so there is nothing to dispose; late senders still find it.")]
internal sealed class FrameSender(WebSocket socket, TimeProvider time, CancellationToken lost)
{
    /// <summary>Shorter frames gain nothing by compression.</summary>
    private const int CompressFrom = 512;

    /// <summary>Longer pieces of logs and files would cost more time by compression than it saves.</summary>
    private const int PlainFrom = 32 * 1024;

    private readonly SemaphoreSlim _turn = new(1);
    private long _seq;
    private long _since;
    private long _sentAt = time.GetTimestamp();

    /// <summary>How long the frame being sent has been waiting for the centre to take it.</summary>
    public TimeSpan Waiting => Interlocked.Read(ref _since) is not 0 and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>How long ago the last frame was sent.</summary>
    public TimeSpan Idle => time.GetElapsedTime(Interlocked.Read(ref _sentAt));

    /// <summary>Sends a message. False: the link is lost, or the message is too long for a frame.</summary>
    public Task<bool> SendAsync(ILinkMessage message, string? id) => InTurnAsync(async () =>
    {
        var bytes = new ArrayBufferWriter<byte>();
        FrameCodec.Write(bytes, new Frame(id, _seq + 1, time.GetUtcNow().ToUnixTimeMilliseconds(), message));
        if (bytes.WrittenCount > LinkProtocol.MaxTextBytes)
            return false;
        _seq++;
        // Compressed, a credential's length could be probed through what is sent along with it.
        var plain = bytes.WrittenCount < CompressFrom || message is AgentRegister;
        var flags = WebSocketMessageFlags.EndOfMessage | (plain ? WebSocketMessageFlags.DisableCompression : 0);
        await socket.SendAsync(bytes.WrittenMemory, WebSocketMessageType.Text, flags, lost);
        return true;
    }, CancellationToken.None);

    /// <summary>Sends a binary frame, which carries at most <see cref="LinkProtocol.MaxBlockBytes"/>. False: the link is lost.</summary>
    public Task<bool> SendAsync(BlockKind kind, string id, uint number, ReadOnlyMemory<byte> bytes, CancellationToken waiting) =>
        SendAsync(kind, id, number, default, bytes, waiting);

    /// <summary>Sends a binary frame that carries two pieces one after the other.</summary>
    public Task<bool> SendAsync(
        BlockKind kind, string id, uint number, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> bytes, CancellationToken waiting) => InTurnAsync(async () =>
    {
        var frame = ArrayPool<byte>.Shared.Rent(BlockCodec.MaxHeaderBytes + first.Length + bytes.Length);
        try
        {
            var header = BlockCodec.WriteHeader(frame, kind, id, number);
            first.CopyTo(frame.AsMemory(header));
            bytes.CopyTo(frame.AsMemory(header + first.Length));
            var plain = kind is BlockKind.LogChunk or BlockKind.FileBlock && bytes.Length >= PlainFrom;
            var flags = WebSocketMessageFlags.EndOfMessage | (plain ? WebSocketMessageFlags.DisableCompression : 0);
            await socket.SendAsync(frame.AsMemory(0, header + first.Length + bytes.Length), WebSocketMessageType.Binary, flags, lost);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }, waiting);

    /// <summary>Sends the close frame, after what is being sent.</summary>
    public Task CloseAsync(WebSocketCloseStatus status, string reason) => InTurnAsync(async () =>
    {
        await socket.CloseOutputAsync(status, reason, lost);
        return true;
    }, CancellationToken.None);

    private async Task<bool> InTurnAsync(Func<Task<bool>> send, CancellationToken waiting)
    {
        if (!await EnterAsync(waiting))
            return false;
        try
        {
            Interlocked.Exchange(ref _since, Math.Max(1, time.GetTimestamp()));
            return await send();
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException or IOException)
        {
            return false;
        }
        finally
        {
            Interlocked.Exchange(ref _since, 0);
            Interlocked.Exchange(ref _sentAt, time.GetTimestamp());
            _turn.Release();
        }
    }

    /// <summary>A frame that has begun is sent whole, as cancelling it would break the link; waiting for one's turn can be given up.</summary>
    private async Task<bool> EnterAsync(CancellationToken waiting)
    {
        using var either = waiting.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(waiting, lost) : null;
        try
        {
            await _turn.WaitAsync(either?.Token ?? lost);
            return true;
        }
        catch (OperationCanceledException) when (!waiting.IsCancellationRequested)
        {
            return false;
        }
    }
}
