using Orleans.Serialization;
using Outrider.Grains.Runtime;

namespace Outrider.Silo.Orleans.Feeds;

/// <summary>A subscriber with its queue: items one at a time in order, the oldest dropped when there are too many.</summary>
internal sealed class QueuedSubscription<T>(
    string feed, string key, Func<FeedItem<T>, Task> onItem, Serializer serializer, ILogger log) : Subscription(feed, key)
{
    /// <summary>See <see cref="IFeeds.SubscribeAsync"/>.</summary>
    private const int QueueLength = 1_024;

    private readonly Lock _gate = new();
    private readonly Queue<FeedDelivery> _queue = new();
    private bool _delivering;
    private bool _over;

    /// <summary>Has <see cref="DeliverAllAsync"/> run once, where the subscriber's code belongs.</summary>
    public required Action Run { get; init; }

    public override void Offer(FeedDelivery delivery)
    {
        lock (_gate)
        {
            if (_over)
                return;
            if (_queue.Count == QueueLength)
                _queue.Dequeue();
            _queue.Enqueue(delivery);
            if (_delivering)
                return;
            _delivering = true;
        }
        Run();
    }

    public async Task DeliverAllAsync()
    {
        while (TryTake() is { } delivery)
        {
            try
            {
                await onItem(new FeedItem<T>(delivery.Number, serializer.Deserialize<T>(delivery.Item)!));
            }
            catch (Exception e)
            {
                log.LogError(e, "A subscriber of feed {Feed} {Key} failed on item {Number}; it goes on with the next", Feed, Key, delivery.Number);
            }
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _over = true;
            _queue.Clear();
        }
    }

    private FeedDelivery? TryTake()
    {
        lock (_gate)
        {
            if (_queue.TryDequeue(out var delivery))
                return delivery;
            _delivering = false;
            return null;
        }
    }
}
