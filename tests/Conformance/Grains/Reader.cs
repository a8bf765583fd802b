using Outrider.Grains.Runtime;

namespace Outrider.Tests.Conformance.Grains;

public class Reader(GrainContext context) : Grain(context), IReader
{
    private readonly List<long> _numbers = [];
    private IAsyncDisposable? _subscription;

    public async Task SubscribeAsync(long heldItem) =>
        _subscription = await Context.Feeds.SubscribeAsync<string>("news", Key, async item =>
        {
            Stage.Of(Key).Log.Record($"item {item.Number}");
            if (item.Number == heldItem)
                await Stage.Of(Key).PassAsync($"item {item.Number}");
            _numbers.Add(item.Number);
            Stage.Of(Key).Log.Record($"read {item.Number} {item.Value}");
        });

    public async Task UnsubscribeAsync() => await _subscription!.DisposeAsync();

    public Task PublishAsync(long number, string text) => Context.Feeds.PublishAsync("news", Key, new FeedItem<string>(number, text));

    public Task<List<long>> NumbersAsync() => Task.FromResult(_numbers.ToList());

    public Task DeactivateAsync()
    {
        Context.Deactivate();
        return Task.CompletedTask;
    }
}
