using Microsoft.Extensions.Logging;
using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded.Activations;

namespace Outrider.Silo.Embedded.Feeds;

internal abstract class Subscription(string feed, string key)
{
    public string Feed => feed;

    public string Key => key;

    public abstract Type ItemType { get; }
}

/// <summary>One subscriber with its queue. Its items run as turns of its grain, or on the pool when it has none.</summary>
internal sealed class Subscription<T>(
    EmbeddedHost host, Activation? activation, string feed, string key, Func<FeedItem<T>, Task> onItem)
    : Subscription(feed, key), IFeedQueue, IAsyncDisposable
{
    /// <summary>See <see cref="IFeeds.SubscribeAsync"/>.</summary>
    private const int QueueLength = 1_024;

    private readonly Lock _gate = new();
    private readonly Queue<FeedItem<T>> _queue = new();
    private bool _delivering;
    private volatile bool _disposed;

    public override Type ItemType => typeof(T);

    public bool IsOver => _disposed;

    public void Offer(FeedItem<T> item)
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            if (_queue.Count == QueueLength)
            {
                _queue.Dequeue();
                host.Counters.FeedItemDropped();
            }
            _queue.Enqueue(item);
            if (_delivering)
                return;
            _delivering = true;
        }
        ScheduleDelivery();
    }

    public async Task DeliverNextAsync()
    {
        FeedItem<T> item;
        lock (_gate)
        {
            if (_disposed || !_queue.TryDequeue(out item!))
                return;
        }
        try
        {
            await onItem(item);
        }
        catch (Exception e)
        {
            host.Log.LogError(e, "A subscriber of feed {Feed} {Key} failed on item {Number}; it goes on with the next.", Feed, Key, item.Number);
        }
        lock (_gate)
        {
            if (_queue.Count == 0 || _disposed)
            {
                _delivering = false;
                return;
            }
        }
        ScheduleDelivery();
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
            _queue.Clear();
        }
        host.FeedHub.Remove(this);
        activation?.Detach(this);
        return ValueTask.CompletedTask;
    }

    private void ScheduleDelivery()
    {
        if (activation is not null)
            activation.Add(new FeedTurn(this), bounded: false);
        else
            ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.DeliverNextAsync(), this, preferLocal: false);
    }
}
