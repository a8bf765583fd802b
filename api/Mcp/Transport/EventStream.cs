namespace Outrider.Api.Mcp.Transport;

/// <summary>
/// The response of an event stream, written by the transport (one event per write) and by its own keep-alive comments, one at a time.
/// </summary>
/// <param name="headersWait">Whether the response's headers wait for the first event instead of going out as soon as possible.</param>
internal sealed class EventStream(Stream response, bool headersWait = false) : Stream
{
    private static readonly byte[] s_comment = ": keep-alive\n\n"u8.ToArray();

    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _begun = !headersWait;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes a comment each <paramref name="period"/> until cancelled or until the client is gone. Never throws.</summary>
    public async Task KeepAliveAsync(TimeProvider time, TimeSpan period, CancellationToken cancellation)
    {
        try
        {
            using var timer = new PeriodicTimer(period, time);
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await WriteAsync(s_comment, cancellation);
                await FlushAsync(cancellation);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The stream ended; whoever waits for its end learns that from the request.
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _begun = true;
            await response.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_begun)
                await response.FlushAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _turn.Dispose();
        base.Dispose(disposing);
    }
}
