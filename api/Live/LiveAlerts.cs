using Outrider.Grains.Alerts;
using Outrider.Grains.Runtime;

namespace Outrider.Api.Live;

/// <summary>The alerts of one tenant, for the viewers of this process that look at them: hears the feed once for all of them. Thread-safe.</summary>
internal sealed class LiveAlerts(string tenant, IFeeds feeds, IAlertStore store) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<LiveAlertView> _views = [];
    private Task? _started;
    private IAsyncDisposable? _feed;

    public string Tenant => tenant;

    /// <summary>How many look at it; kept by the hub.</summary>
    public int Lookers { get; set; }

    /// <summary>Begins to hear it; for the first one who asks, and those who come meanwhile.</summary>
    public Task StartAsync()
    {
        lock (_gate)
            return _started ??= SubscribeAsync();
    }

    /// <summary>What a subscription sees: the alerts that fire now, and from then on whatever changes. Hears first and reads then.</summary>
    public async Task<LiveAlertView> ViewAsync(LiveFilter filter, int limit)
    {
        var view = new LiveAlertView(this, filter, limit);
        lock (_gate)
            _views.Add(view);
        try
        {
            foreach (var alert in await store.ListAsync(tenant, new AlertQuery(AlertState.Firing), null, limit, CancellationToken.None))
                view.Offer(alert);
            return view;
        }
        catch
        {
            Remove(view);
            throw;
        }
    }

    public void Remove(LiveAlertView view)
    {
        lock (_gate)
            _views.Remove(view);
    }

    public async ValueTask DisposeAsync()
    {
        if (_feed is not null)
            await _feed.DisposeAsync();
    }

    private async Task SubscribeAsync() => _feed = await feeds.SubscribeAsync<AlertChange>(AlertChange.Feed, tenant, OnChangeAsync);

    private Task OnChangeAsync(FeedItem<AlertChange> item)
    {
        lock (_gate)
        {
            foreach (var view in _views)
                view.Offer(item.Value.Alert);
        }
        return Task.CompletedTask;
    }
}
