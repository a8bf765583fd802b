namespace Outrider.Grains.Runtime;

/// <summary>Publish and subscribe by (feed, key). At most once across a crash: never the only copy of anything.</summary>
public interface IFeeds
{
    /// <summary>Hands the item to every subscriber of now; doesn't wait for them. Numbers rise by one per (feed, key), or are all
    /// 0 where a lost item does no harm.</summary>
    Task PublishAsync<T>(string feed, string key, FeedItem<T> item);

    /// <summary>
    /// Subscribes until the result is disposed (a grain's also ends when it deactivates). Items of one key arrive in order, one at a
    /// time; for a grain they run as turns of its own. A slow subscriber loses the oldest items once its queue (1 024) is full,
    /// which shows as a gap.
    /// </summary>
    Task<IAsyncDisposable> SubscribeAsync<T>(string feed, string key, Func<FeedItem<T>, Task> onItem);
}
