using Outrider.Grains.Agents;
using Outrider.Grains.Metrics;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Metrics;

namespace Outrider.Api.Live;

/// <summary>
/// One agent that viewers of this process look at: its status and the newest value of each series that one of them wants. Hears the feeds
/// once and reads each batch once, for all of them. Thread-safe.
/// </summary>
internal sealed class LiveAgent(string tenant, string name, IGrains grains, IFeeds feeds, IMetricStore store, TimeProvider time)
    : IAsyncDisposable
{
    /// <summary>Later samples the store leaves out; here they would stand in the way of all that come after.</summary>
    private static readonly TimeSpan s_ahead = TimeSpan.FromDays(1);

    private readonly SampleColumns _columns = new();
    private readonly Dictionary<Series, LiveSeries> _series = [];
    private readonly List<LiveView> _views = [];
    private BatchTable _table = BatchTable.None;
    private Task? _started;
    private IAsyncDisposable? _batches;
    private IAsyncDisposable? _statuses;
    private long? _batch;
    private bool _changed;
    private bool _stale;

    /// <summary>Guards what it knows.</summary>
    public Lock Gate { get; } = new();

    public string Name => name;

    public string Key => GrainKeys.Join(tenant, name);

    /// <summary>How many look at it; kept by the hub.</summary>
    public int Lookers { get; set; }

    public AgentStatus Status { get; private set; }

    /// <summary>The time of the newest sample, in milliseconds since 1970; null: none has come yet.</summary>
    public long? MeasuredAt { get; private set; }

    /// <summary>Rises with each change of <see cref="Status"/> and <see cref="MeasuredAt"/>.</summary>
    public long News { get; private set; }

    /// <summary>How often batches were missed.</summary>
    public long Gaps { get; private set; }

    /// <summary>Begins to hear it; for the first one who asks, and those who come meanwhile.</summary>
    public Task StartAsync()
    {
        lock (Gate)
            return _started ??= SubscribeAsync();
    }

    /// <summary>What a subscription sees of it, until it is taken away by <see cref="Remove"/>.</summary>
    public async Task<LiveView> ViewAsync(LiveSubscription subscription)
    {
        var view = new LiveView(this, subscription);
        lock (Gate)
        {
            _views.Add(view);
            // What nobody wanted so far may be wanted now.
            _table = BatchTable.None;
            foreach (var series in _series.Values)
                view.Offer(series);
        }
        try
        {
            if (subscription.Filter.WantsSeries)
                await ReadAsync(subscription.Filter.Wants);
            return view;
        }
        catch
        {
            Remove(view);
            throw;
        }
    }

    public void Remove(LiveView view)
    {
        lock (Gate)
        {
            _views.Remove(view);
            _table = BatchTable.None;
            foreach (var series in view.Release())
            {
                if (--series.Views == 0)
                    _series.Remove(series.Series);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_batches is not null)
            await _batches.DisposeAsync();
        if (_statuses is not null)
            await _statuses.DisposeAsync();
    }

    /// <summary>Hears first and reads then, so that nothing falls between.</summary>
    private async Task SubscribeAsync()
    {
        _batches = await feeds.SubscribeAsync<MetricReport>(MetricReport.Feed, Key, OnBatchAsync);
        _statuses = await feeds.SubscribeAsync<AgentStatusChange>(AgentStatusChange.Feed, Key, OnStatusAsync);
        var view = await grains.Get<IAgent>(Key).GetAsync();
        lock (Gate)
        {
            // A change heard meanwhile is newer.
            if (!_changed && view.Ok)
                SetNeedsGate(view.Value.Status);
        }
    }

    // Each item says the whole status, so one that was missed is made up for by the next.
    private Task OnStatusAsync(FeedItem<AgentStatusChange> item)
    {
        lock (Gate)
        {
            _changed = true;
            SetNeedsGate(item.Value.To);
        }
        return Task.CompletedTask;
    }

    private async Task OnBatchAsync(FeedItem<MetricReport> item)
    {
        _stale |= _batch is { } batch && item.Number != batch + 1;
        _batch = item.Number;
        lock (Gate)
            TakeNeedsGate(item.Value.Batch);
        if (!_stale)
            return;
        await ReadAsync(series => _views.Exists(view => view.Wants(series)));
        _stale = false;
        lock (Gate)
            Gaps++;
    }

    /// <summary>Takes in what the store has newest of the series that are wanted.</summary>
    private async Task ReadAsync(Func<Series, bool> wants)
    {
        var selector = new SeriesSelector(new LabelMatcher(MetricNames.AgentLabel, MatchOperator.Equal, name));
        var found = await store.FindAsync(tenant, selector, int.MaxValue, CancellationToken.None);
        List<StoredSeries> wanted;
        lock (Gate)
            wanted = [.. (found.Value ?? []).Where(one => wants(one.Series))];
        var latest = await store.LatestAsync(tenant, wanted, CancellationToken.None);
        lock (Gate)
        {
            foreach (var (one, sample) in wanted.Zip(latest))
            {
                if (sample is { } newest)
                    TakeNeedsGate(FindNeedsGate(one.Series), newest.Time, newest.Value);
            }
        }
    }

    private void TakeNeedsGate(ReadOnlySpan<byte> batch)
    {
        // The store has taken the batch, so it can be read; what else may come over a feed is passed over.
        if (MetricBatchCodec.ReadLayout(batch) is not { Ok: true, Value: var layout } || layout.SeriesTable.Equals(default))
            return;
        if (!_table.Is(batch[layout.SeriesTable]))
            _table = BatchTable.Read(batch[layout.SeriesTable], FindNeedsGate) ?? BatchTable.None;
        if (MetricBatchCodec.ReadSamples(batch[layout.Samples], _table.Positions.Length, _columns) is not null)
            return;
        var last = (time.GetUtcNow() + s_ahead).ToUnixTimeMilliseconds();
        for (var i = 0; i < _columns.Count; i++)
        {
            if (_columns.Times[i] <= last)
                TakeNeedsGate(_table.Positions[_columns.Series[i]], _columns.Times[i], _columns.Values[i]);
        }
    }

    private void TakeNeedsGate(LiveSeries? series, long at, double value)
    {
        series?.Take(at, value);
        if (MeasuredAt is { } newest && at <= newest)
            return;
        MeasuredAt = at;
        News++;
    }

    /// <summary>The series if somebody wants it and has room for it.</summary>
    private LiveSeries? FindNeedsGate(Series series)
    {
        if (_series.TryGetValue(series, out var known))
            return known;
        var found = new LiveSeries(series);
        foreach (var view in _views)
            view.Offer(found);
        if (found.Views == 0)
            return null;
        _series.Add(series, found);
        return found;
    }

    private void SetNeedsGate(AgentStatus status)
    {
        if (status == Status && News > 0)
            return;
        Status = status;
        News++;
    }
}
