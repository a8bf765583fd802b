using System.Diagnostics.CodeAnalysis;

namespace Outrider.Protocol.Files;

/// <summary>Which blocks of a file its sender may send: no more than <see cref="FileBlocks.Window"/> beyond those that were taken. Thread-safe.</summary>
/// <param name="from">The first block to send.</param>
/// <param name="count">How many the file has.</param>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore's wait handle is never made, so there is nothing to dispose.")]
public sealed class BlockWindow(uint from, uint count)
{
    private readonly SemaphoreSlim _room = new(FileBlocks.Window);
    private readonly TaskCompletionSource _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private uint _sent = from;
    private uint _taken = from;

    /// <summary>Ends when all blocks were taken.</summary>
    public Task Whole => _whole.Task;

    /// <summary>The number of the block to send now, once there is room for it; null: all were sent.</summary>
    public async ValueTask<uint?> NextAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_sent == count)
                return null;
        }
        await _room.WaitAsync(cancellation).ConfigureAwait(false);
        lock (_lock)
            return _sent++;
    }

    /// <summary>All before <paramref name="next"/> were taken. False: that can't be.</summary>
    public bool Take(uint next)
    {
        lock (_lock)
        {
            if (next < _taken || next > _sent)
                return false;
            if (next > _taken)
                _room.Release((int)(next - _taken));
            _taken = next;
            if (_taken == count)
                _whole.TrySetResult();
            return true;
        }
    }
}
