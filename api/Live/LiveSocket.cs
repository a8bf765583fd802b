using System.Net.WebSockets;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Live;

/// <summary>A viewer's socket: text frames of JSON either way. One sends and one receives at a time.</summary>
internal sealed class LiveSocket(WebSocket socket, LiveOptions options, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _abort = new(Timeout.InfiniteTimeSpan, time);
    private readonly FrameAssembler _frame = new();
    private readonly LiveFrame _sending = new();

    /// <summary>Where the next frame to send is written.</summary>
    public LiveFrame Frame => _sending;

    /// <summary>When something was sent last.</summary>
    public DateTimeOffset SentAt { get; private set; } = time.GetUtcNow();

    /// <summary>Sends the frame written. False: the viewer is gone, or takes nothing.</summary>
    public async Task<bool> SendAsync()
    {
        using var stalled = new CancellationTokenSource(options.Stall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, _abort.Token);
        try
        {
            await socket.SendAsync(_sending.End(), WebSocketMessageType.Text, endOfMessage: true, either.Token);
        }
        catch (Exception e) when (IsGone(e))
        {
            return false;
        }
        SentAt = time.GetUtcNow();
        return true;
    }

    /// <summary>Sends why something can't be done.</summary>
    /// <param name="id">The subscription it is about; null: none.</param>
    public Task<bool> SendAsync(Problem problem, string? id)
    {
        var json = _sending.Begin("error");
        if (id is not null)
            json.WriteString("id", id);
        json.WriteString("code", problem.Code);
        json.WriteString("message", problem.Message);
        if (problem.RetryAfterSeconds is { } seconds)
            json.WriteNumber("retry_after_seconds", seconds);
        return SendAsync();
    }

    /// <summary>The next frame, or why it can't be read. Null: the viewer has closed, or is gone.</summary>
    public async Task<Outcome<LiveRequest>?> ReceiveAsync()
    {
        while (true)
        {
            ValueWebSocketReceiveResult piece;
            try
            {
                piece = await socket.ReceiveAsync(_frame.Free, _abort.Token);
            }
            catch (Exception e) when (IsGone(e))
            {
                return null;
            }
            if (piece.MessageType == WebSocketMessageType.Close)
                return null;
            Outcome<LiveRequest>? received = piece.MessageType == WebSocketMessageType.Binary
                ? new Problem(ProblemCodes.InvalidArgument, "The live feed takes text frames of JSON only.")
                : _frame.Accept(piece.Count, binary: false) is { } tooLarge ? tooLarge
                : piece.EndOfMessage ? LiveRequest.Read(_frame.Frame)
                : null;
            if (received is null)
                continue;
            _frame.Reset();
            return received;
        }
    }

    /// <summary>Sends the close frame.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        try
        {
            await socket.CloseOutputAsync(status, reason, _abort.Token);
        }
        catch (Exception e) when (IsGone(e))
        {
            // The viewer was quicker.
        }
    }

    /// <summary>Gives it up unless it is over by then.</summary>
    public void AbortAfter(TimeSpan delay) => _abort.CancelAfter(delay);

    public void Dispose()
    {
        _abort.Dispose();
        _frame.Dispose();
        _sending.Dispose();
    }

    private static bool IsGone(Exception e) =>
        e is WebSocketException or OperationCanceledException or InvalidOperationException or IOException;
}
