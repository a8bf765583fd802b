using Orleans.Timers;
using Outrider.Grains.Runtime;

namespace Outrider.Silo.Orleans.Feeds;

/// <inheritdoc/>
/// <remarks>Items run as ticks of a grain timer: turns of this activation, which end with it and never start another one.</remarks>
internal sealed class ActivationFeeds(FeedPost post, IGrainContext grain, ITimerRegistry timers) : IFeeds
{
    private readonly List<IAsyncDisposable> _subscriptions = [];

    public Task PublishAsync<T>(string feed, string key, FeedItem<T> item) => post.PublishAsync(feed, key, item);

    public async Task<IAsyncDisposable> SubscribeAsync<T>(string feed, string key, Func<FeedItem<T>, Task> onItem)
    {
        QueuedSubscription<T>? subscription = null;
        var timer = timers.RegisterGrainTimer(
            grain, (_, _) => subscription!.DeliverAllAsync(), 0, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        var made = await post.SubscribeAsync(
            feed, key, onItem, () => timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan), (QueuedSubscription<T> s) => subscription = s);
        _subscriptions.Add(made);
        return made;
    }

    /// <summary>Ends all subscriptions of the activation.</summary>
    public async Task EndAsync()
    {
        foreach (var subscription in _subscriptions)
            await subscription.DisposeAsync();
    }
}
