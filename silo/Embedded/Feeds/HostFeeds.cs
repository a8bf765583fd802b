using Outrider.Grains.Runtime;

namespace Outrider.Silo.Embedded.Feeds;

/// <summary>Feeds outside of grains, such as a live viewer's.</summary>
internal sealed class HostFeeds(EmbeddedHost host) : IFeeds
{
    public Task PublishAsync<T>(string feed, string key, FeedItem<T> item)
    {
        if (!host.IsDown)
            host.FeedHub.Publish(feed, key, item);
        return Task.CompletedTask;
    }

    public Task<IAsyncDisposable> SubscribeAsync<T>(string feed, string key, Func<FeedItem<T>, Task> onItem)
    {
        var subscription = new Subscription<T>(host, activation: null, feed, key, onItem);
        host.FeedHub.Add(subscription);
        return Task.FromResult<IAsyncDisposable>(subscription);
    }
}
