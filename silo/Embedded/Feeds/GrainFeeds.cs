using Outrider.Grains.Runtime;
using Outrider.Silo.Embedded.Activations;

namespace Outrider.Silo.Embedded.Feeds;

/// <summary>Feeds as a grain sees them: its items are its turns, its subscriptions end with it.</summary>
internal sealed class GrainFeeds(Activation activation) : IFeeds
{
    public Task PublishAsync<T>(string feed, string key, FeedItem<T> item) => activation.Host.Feeds.PublishAsync(feed, key, item);

    public Task<IAsyncDisposable> SubscribeAsync<T>(string feed, string key, Func<FeedItem<T>, Task> onItem)
    {
        var subscription = new Subscription<T>(activation.Host, activation, feed, key, onItem);
        activation.Host.FeedHub.Add(subscription);
        activation.Attach(subscription);
        return Task.FromResult<IAsyncDisposable>(subscription);
    }
}
