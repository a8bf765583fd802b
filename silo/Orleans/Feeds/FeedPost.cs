using System.Collections.Concurrent;
using Orleans.Serialization;
using Outrider.Grains.Runtime;

namespace Outrider.Silo.Orleans.Feeds;

/// <summary>The feeds of one process: knows who here has subscribed to what, and keeps this process listed at the feeds' grains.</summary>
/// <remarks>docs/adr/0004-grains-on-orleans.md says why feeds are no Orleans streams.</remarks>
public sealed class FeedPost : IFeedPost, IFeeds, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>A third of the lease: one renewal may be lost.</summary>
    private static readonly TimeSpan s_renewEvery = FeedGrain.Lease / 3;

    private readonly IGrainFactory _grains;
    private readonly Serializer _serializer;
    private readonly ILogger<FeedPost> _log;
    private readonly ConcurrentDictionary<(string Feed, string Key), Subscription[]> _topics = new();
    private readonly Lock _gate = new();
    private readonly ITimer _renewing;
    private readonly Lazy<IFeedPost> _self;

    public FeedPost(IGrainFactory grains, Serializer serializer, TimeProvider time, ILogger<FeedPost> log)
    {
        (_grains, _serializer, _log) = (grains, serializer, log);
        _self = new(() => grains.CreateObjectReference<IFeedPost>(this));
        _renewing = time.CreateTimer(_ => _ = RenewAsync(), null, s_renewEvery, s_renewEvery);
    }

    public void Dispose() => _renewing.Dispose();

    /// <summary>Becomes reachable before there are grains: from inside one, Orleans doesn't allow it.</summary>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(FeedPost), ServiceLifecycleStage.ApplicationServices, cancellation =>
    {
        _ = _self.Value;
        return Task.CompletedTask;
    });

    public async Task PublishAsync<T>(string feed, string key, FeedItem<T> item)
    {
        try
        {
            await Grain(feed, key).PublishAsync(new FeedDelivery(feed, key, item.Number, _serializer.SerializeToArray(item.Value)));
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or GrainUnreachableException)
        {
            // At most once: whoever misses it sees the gap.
            _log.LogWarning("Item {Number} of feed {Feed} {Key} was not handed on: {Reason}", item.Number, feed, key, e.Message);
        }
    }

    public Task<IAsyncDisposable> SubscribeAsync<T>(string feed, string key, Func<FeedItem<T>, Task> onItem)
    {
        QueuedSubscription<T>? subscription = null;
        return SubscribeAsync(feed, key, onItem, () => Task.Run(() => subscription!.DeliverAllAsync()), made => subscription = made);
    }

    public Task DeliverAsync(FeedDelivery delivery)
    {
        foreach (var subscription in _topics.GetValueOrDefault((delivery.Feed, delivery.Key)) ?? [])
            subscription.Offer(delivery);
        return Task.CompletedTask;
    }

    /// <summary>Subscribes; <paramref name="run"/> has the subscription deliver where its code belongs.</summary>
    internal async Task<IAsyncDisposable> SubscribeAsync<T>(
        string feed, string key, Func<FeedItem<T>, Task> onItem, Action run, Action<QueuedSubscription<T>> made)
    {
        var subscription = new QueuedSubscription<T>(feed, key, onItem, _serializer, _log) { Run = run };
        made(subscription);
        lock (_gate)
            _topics[(feed, key)] = [.. _topics.GetValueOrDefault((feed, key)) ?? [], subscription];
        await Grain(feed, key).ListenAsync(_self.Value);
        return new Leaving(() => LeaveAsync(subscription));
    }

    private async ValueTask LeaveAsync<T>(QueuedSubscription<T> subscription)
    {
        subscription.End();
        var topic = (subscription.Feed, subscription.Key);
        lock (_gate)
        {
            var left = (_topics.GetValueOrDefault(topic) ?? []).Where(other => other != subscription).ToArray();
            if (left.Length > 0)
            {
                _topics[topic] = left;
                return;
            }
            _topics.TryRemove(topic, out _);
        }
        try
        {
            await Grain(subscription.Feed, subscription.Key).LeaveAsync(_self.Value);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or GrainUnreachableException)
        {
            // The lease ends by itself.
        }
    }

    private async Task RenewAsync()
    {
        foreach (var (feed, key) in _topics.Keys)
        {
            try
            {
                await Grain(feed, key).ListenAsync(_self.Value);
            }
            catch (Exception e)
            {
                _log.LogWarning("Feed {Feed} {Key} was not asked again: {Reason}", feed, key, e.Message);
            }
        }
    }

    private IFeedGrain Grain(string feed, string key) => _grains.GetGrain<IFeedGrain>($"{feed}|{key}");

    private sealed class Leaving(Func<ValueTask> leave) : IAsyncDisposable
    {
        private int _left;

        public ValueTask DisposeAsync() => Interlocked.Exchange(ref _left, 1) == 0 ? leave() : ValueTask.CompletedTask;
    }
}
