using Outrider.Grains.Runtime;

namespace Outrider.Silo.Embedded.Feeds;

/// <summary>The feeds of one host: who subscribes to which (feed, key).</summary>
internal sealed class FeedHub
{
    private readonly Lock _gate = new();
    // Each list is replaced, never changed: publishers go through it outside the lock.
    private readonly Dictionary<(string Feed, string Key), Subscription[]> _topics = [];

    public void Publish<T>(string feed, string key, FeedItem<T> item)
    {
        Subscription[]? subscriptions;
        lock (_gate)
            subscriptions = _topics.GetValueOrDefault((feed, key));
        foreach (var subscription in subscriptions ?? [])
            Typed<T>(subscription, feed, key).Offer(item);
    }

    public void Add<T>(Subscription<T> subscription)
    {
        lock (_gate)
        {
            var topic = (subscription.Feed, subscription.Key);
            var others = _topics.GetValueOrDefault(topic) ?? [];
            if (others.Length > 0)
                Typed<T>(others[0], subscription.Feed, subscription.Key);
            _topics[topic] = [.. others, subscription];
        }
    }

    public void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            var topic = (subscription.Feed, subscription.Key);
            var left = (_topics.GetValueOrDefault(topic) ?? []).Where(other => other != subscription).ToArray();
            if (left.Length == 0)
                _topics.Remove(topic);
            else
                _topics[topic] = left;
        }
    }

    private static Subscription<T> Typed<T>(Subscription subscription, string feed, string key) =>
        subscription as Subscription<T> ?? throw new InvalidOperationException(
            $"Feed {feed} {key} has a subscriber for {subscription.ItemType.Name} and is used with {typeof(T).Name}. A feed has one type of items.");
}
