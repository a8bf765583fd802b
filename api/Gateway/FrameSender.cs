using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Api.Gateway;

/// <summary>
/// Sends frames over one socket, one at a time, in the order asked for. Whoever sends waits until the peer has room: the tasks of a
/// link are bounded, so the queue is. Thread-safe.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore's wait handle is never made, so there is nothing to dispose; late senders still find it.")]
internal sealed class FrameSender(WebSocket socket, TimeProvider time, GatewayMetrics metrics, CancellationToken abort)
{
    /// <summary>Shorter frames gain nothing by compression.</summary>
    private const int CompressFrom = 512;

    /// <summary>Answers to a peer that does not take them, until the link is given up.</summary>
    private const int MaxPosted = 16;

    private readonly SemaphoreSlim _turn = new(1);
    private long _seq;
    private long _since;
    private int _posted;
    private bool _saidWhy;

    /// <summary>How long the frame being sent has been waiting for the peer to take it.</summary>
    public TimeSpan Waiting => Interlocked.Read(ref _since) is not 0 and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Sends a message. Null: it is on its way. <c>payload_too_large</c>, <c>link_lost</c>, <c>canceled</c>: it is not.</summary>
    /// <param name="message">What to say.</param>
    /// <param name="id">The frame's id, if it has one.</param>
    /// <param name="waiting">Gives up while others are being sent; a frame that has begun is sent whole.</param>
    public Task<Problem?> SendAsync(ILinkMessage message, string? id, CancellationToken waiting) =>
        InTurnAsync(() => SendInTurnAsync(message, id), waiting);

    /// <summary>Sends a block of a file as it is: most files are compressed already, and the rest isn't worth a processor. As the other.</summary>
    /// <param name="frame">The whole frame; not touched until this returns.</param>
    /// <param name="waiting">Gives up while others are being sent.</param>
    public Task<Problem?> SendAsync(ReadOnlyMemory<byte> frame, CancellationToken waiting) => InTurnAsync(async () =>
    {
        Interlocked.Exchange(ref _since, Math.Max(1, time.GetTimestamp()));
        await socket.SendAsync(
            frame, WebSocketMessageType.Binary, WebSocketMessageFlags.EndOfMessage | WebSocketMessageFlags.DisableCompression, abort);
        metrics.Sent(frame.Length);
        return null;
    }, waiting);

    /// <summary>Sends an answer without waiting. False: the peer has not taken the last ones either.</summary>
    public bool TryPost(ILinkMessage message, string? id)
    {
        if (Interlocked.Increment(ref _posted) > MaxPosted)
        {
            Interlocked.Decrement(ref _posted);
            return false;
        }
        _ = PostAsync(message, id);
        return true;
    }

    /// <summary>Sends the close frame, after what is being sent.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        try
        {
            await _turn.WaitAsync(abort);
            // Stays taken: nothing may follow a close frame.
            await socket.CloseOutputAsync(status, reason, abort);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException or IOException)
        {
            // The peer was quicker, or is gone.
        }
    }

    private async Task<Problem?> InTurnAsync(Func<Task<Problem?>> send, CancellationToken waiting)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(waiting, abort);
            await _turn.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return abort.IsCancellationRequested ? TaskResults.LinkLost : new Problem(ProblemCodes.Canceled, "It was canceled before it was sent.");
        }
        try
        {
            // Nothing follows an error but the close frame.
            return _saidWhy ? TaskResults.LinkLost : await send();
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException or IOException)
        {
            return TaskResults.LinkLost;
        }
        finally
        {
            Interlocked.Exchange(ref _since, 0);
            _turn.Release();
        }
    }

    private async Task PostAsync(ILinkMessage message, string? id)
    {
        await SendAsync(message, id, CancellationToken.None);
        Interlocked.Decrement(ref _posted);
    }

    private async Task<Problem?> SendInTurnAsync(ILinkMessage message, string? id)
    {
        var bytes = new ArrayBufferWriter<byte>();
        FrameCodec.Write(bytes, new Frame(id, _seq + 1, time.GetUtcNow().ToUnixTimeMilliseconds(), message));
        if (bytes.WrittenCount > LinkProtocol.MaxTextBytes)
        {
            return new Problem(ProblemCodes.PayloadTooLarge,
                $"The message is {bytes.WrittenCount} bytes long; a frame holds {LinkProtocol.MaxTextBytes}. Shorten the command.");
        }
        _seq++;
        _saidWhy = message is LinkError;
        Interlocked.Exchange(ref _since, Math.Max(1, time.GetTimestamp()));
        var flags = WebSocketMessageFlags.EndOfMessage | (bytes.WrittenCount < CompressFrom ? WebSocketMessageFlags.DisableCompression : 0);
        await socket.SendAsync(bytes.WrittenMemory, WebSocketMessageType.Text, flags, abort);
        metrics.Sent(bytes.WrittenCount);
        return null;
    }
}
