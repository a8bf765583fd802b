using System.Threading.Channels;

namespace Outrider.Storage.Shared;

/// <summary>
/// This node's only writer of one kind of work. What is waiting goes into one write and shares its commit (group commit). An item that the
/// database refuses fails alone; when the database is away, all who wait are told.
/// </summary>
/// <typeparam name="T">The work.</typeparam>
internal sealed class GroupWriter<T> : IAsyncDisposable
    where T : GroupItem
{
    private const int QueueLength = 16_384;

    private readonly SharedDatabase _database;
    private readonly GroupLimits _limits;
    private readonly string _store;
    private readonly Func<List<T>, Task> _write;
    private readonly Channel<T> _queue = Channel.CreateBounded<T>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Task _loop;

    /// <param name="database">Whose limits hold.</param>
    /// <param name="limits">How much goes into one write.</param>
    /// <param name="store">What it writes for, in words.</param>
    /// <param name="write">Writes a group whole or not at all.</param>
    public GroupWriter(SharedDatabase database, GroupLimits limits, string store, Func<List<T>, Task> write)
    {
        _database = database;
        _limits = limits;
        _store = store;
        _write = write;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Returns when the item is written.</summary>
    /// <exception cref="StorageException">The database is away or slow, or refused it. It may be there all the same.</exception>
    public async Task WriteAsync(T item, CancellationToken cancellation)
    {
        if (!_queue.Writer.TryWrite(item))
            await WaitForPlaceAsync(item, cancellation).ConfigureAwait(false);
        // Once queued it will be written: a caller that stopped waiting couldn't know whether it was.
        await item.Done.ConfigureAwait(false);
    }

    /// <summary>Writes what is queued.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
    }

    private async Task WaitForPlaceAsync(T item, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(SharedDatabase.Limit, _database.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await _queue.Writer.WriteAsync(item, both.Token).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(_store, $"The {_store} is closed.");
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw SharedErrors.TooSlow(SharedDatabase.Limit, e);
        }
    }

    private async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var group = Take();
            if (group.Count > 0)
                await WriteAsync(group).ConfigureAwait(false);
        }
    }

    private List<T> Take()
    {
        var (group, size) = (new List<T>(), 0);
        while (group.Count < _limits.Items && _queue.Reader.TryPeek(out var next) && (group.Count == 0 || size + next.Size <= _limits.Size))
        {
            _queue.Reader.TryRead(out _);
            if (_database.Time.GetElapsedTime(next.Started) > SharedDatabase.Limit)
            {
                next.Fail(SharedErrors.TooSlow(SharedDatabase.Limit, null));
                continue;
            }
            size += next.Size;
            group.Add(next);
        }
        return group;
    }

    private async Task WriteAsync(List<T> group)
    {
        try
        {
            await _write(group).ConfigureAwait(false);
            group.ForEach(item => item.Commit());
        }
        catch (StorageException e) when (SharedErrors.IsValueFault(e.InnerException) && group.Count > 1)
        {
            await WriteAsync(group[..(group.Count / 2)]).ConfigureAwait(false);
            await WriteAsync(group[(group.Count / 2)..]).ConfigureAwait(false);
        }
        catch (StorageException e) when (SharedErrors.IsValueFault(e.InnerException))
        {
            group[0].Fail(e);
        }
        catch (Exception e)
        {
            group.ForEach(item => item.Fail(e));
            // Who queued meanwhile has waited too, and would wait as long again.
            for (var left = _queue.Reader.Count; left > 0 && _queue.Reader.TryRead(out var next); left--)
                next.Fail(e);
        }
    }
}
