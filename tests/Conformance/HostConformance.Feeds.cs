using Outrider.Grains.Runtime;
using Outrider.Testing.Time;
using Outrider.Tests.Conformance.Grains;

namespace Outrider.Tests.Conformance;

public abstract partial class HostConformance
{
    private IReader Reader => Host.Grains.Get<IReader>(Key);

    [Fact]
    public async Task Feed_Items_ArriveInOrderAsTurns()
    {
        await Reader.SubscribeAsync(heldItem: 0);
        for (var number = 1; number <= 200; number++)
            await PublishAsync(number);
        await Stage.Log.UntilAsync("read 200 text 200");

        Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), await Reader.NumbersAsync());
    }

    [Fact]
    public async Task Feed_ItemIsAwaited_NoOtherTurnRuns()
    {
        await Reader.SubscribeAsync(heldItem: 1);
        await PublishAsync(1);
        await Stage.Log.UntilAsync("item 1");
        var numbers = Reader.NumbersAsync();
        Stage.Open("item 1");

        Assert.Equal([1], await SoonAsync(numbers));
    }

    [Fact]
    public async Task Feed_SlowSubscriber_LosesTheOldestAndSeesTheGap()
    {
        await Reader.SubscribeAsync(heldItem: 1);
        await PublishAsync(1);
        await Stage.Log.UntilAsync("item 1");
        for (var number = 2; number <= 3_000; number++)
            await PublishAsync(number);
        Stage.Open("item 1");
        await Stage.Log.UntilAsync("read 3000 text 3000");

        var numbers = await SoonAsync(Reader.NumbersAsync());
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(1, numbers[0]);
        Assert.True(numbers[1] > 2, "The gap shows.");
        // One that was held and a queue; what was still on its way when the gate opened may follow.
        Assert.InRange(numbers.Count, 1_025, 2_500);
    }

    [Fact]
    public async Task Feed_OtherKey_GetsNothing()
    {
        await Reader.SubscribeAsync(heldItem: 0);
        await Host.Feeds.PublishAsync("news", Key + "-other", new FeedItem<string>(1, "x"));
        await Host.Feeds.PublishAsync("olds", Key, new FeedItem<string>(1, "x"));
        await PublishAsync(2);
        await Stage.Log.UntilAsync("read 2 text 2");

        Assert.Equal([2], await Reader.NumbersAsync());
    }

    [Fact]
    public async Task Feed_Unsubscribed_GetsNothingMore()
    {
        await Reader.SubscribeAsync(heldItem: 0);
        await PublishAsync(1);
        await Stage.Log.UntilAsync("read 1 text 1");
        await Reader.UnsubscribeAsync();
        await PublishAsync(2);

        Assert.Equal([1], await SoonAsync(Reader.NumbersAsync()));
    }

    [Fact]
    public async Task Feed_GrainDeactivates_SubscriptionEnds()
    {
        await Reader.SubscribeAsync(heldItem: 0);
        await Reader.DeactivateAsync();
        Assert.Empty(await SoonAsync(Reader.NumbersAsync()));
        await PublishAsync(1);

        Assert.Empty(await SoonAsync(Reader.NumbersAsync()));
        Assert.Equal(0, Stage.Log.Count("item 1"));
    }

    [Fact]
    public async Task Feed_SubscriberOutsideOfGrains_GetsItemsInOrderOneAtATime()
    {
        var log = new EventLog();
        var subscription = await Host.Feeds.SubscribeAsync<string>("news", Key, async item =>
        {
            log.Record($"begin {item.Number}");
            await Task.Yield();
            log.Record($"end {item.Number}");
            if (item.Number == 2)
                throw new InvalidOperationException("a subscriber that fails");
        });
        for (var number = 1; number <= 50; number++)
            await Reader.PublishAsync(number, "x");
        await log.UntilAsync("end 50");
        await subscription.DisposeAsync();
        await Reader.PublishAsync(51, "x");

        Assert.Equal(Enumerable.Range(1, 50).SelectMany(n => new[] { $"begin {n}", $"end {n}" }), log.Events);
    }

    private Task PublishAsync(long number) => Host.Feeds.PublishAsync("news", Key, new FeedItem<string>(number, $"text {number}"));
}
