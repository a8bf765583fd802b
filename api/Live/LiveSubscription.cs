using System.Collections.Concurrent;
using Outrider.Api.Operations;
using Outrider.Api.Operations.Tasks;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Live;

/// <summary>
/// What one viewer wants to know of some agents. It is told in rounds, each of as many frames as it takes; within a round every series is
/// told once at most. Used by its viewer alone, but for the count of series.
/// </summary>
internal sealed class LiveSubscription(string id, LiveFilter filter, string tenant, LiveHub hub, LiveOptions options)
{
    /// <summary>Agents that are looked up at once.</summary>
    private const int Abreast = 16;

    private readonly SortedDictionary<string, LiveView> _views = new(StringComparer.Ordinal);
    private readonly List<string> _gone = [];
    private Queue<LiveView> _round = new();
    private readonly List<LiveTaskView> _tasks = [];
    private LiveAlertView? _alerts;
    private bool _full = true;
    private bool _announced;
    private string? _told;
    private int _series;
    private int _number;
    private volatile bool _seriesLeftOut;
    private Problem? _agentsLeftOut;

    public string Id => id;

    public LiveFilter Filter => filter;

    /// <summary>Whether frames of a round are still to be written.</summary>
    public bool IsWriting { get; private set; }

    /// <summary>Why some of its series are left out; null: none are.</summary>
    public Problem? SeriesLeftOut => !_seriesLeftOut ? null : new Problem(ProblemCodes.SeriesLimit,
        $"The subscription matches more than {options.MaxSeries} series, as many as it may have. Narrow 'metrics' or 'labels', or make several.");

    /// <summary>Why some of these agents are left out; null: none are.</summary>
    public Problem? AgentsLeftOut(IReadOnlyCollection<string> names) => names.Count(filter.WantsAgent) is var count && count <= options.MaxAgents
        ? null
        : new Problem(ProblemCodes.QuotaExceeded,
            $"The subscription matches {count} agents and may have {options.MaxAgents}. Narrow 'agents', or make several.");

    /// <summary>What is left out, if it wasn't told yet; null: nothing.</summary>
    public Problem? TakeNewsOfLimits()
    {
        var news = _agentsLeftOut ?? SeriesLeftOut;
        if (news?.Code == _told)
            return null;
        _told = news?.Code;
        return news;
    }

    /// <summary>Takes in those of its agents that are new, and lets go of those that are gone.</summary>
    /// <param name="names">All of the tenant's.</param>
    public async Task MatchAsync(IReadOnlyCollection<string> names)
    {
        var wanted = names.Where(filter.WantsAgent).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, view) in _views.Where(view => !wanted.Contains(view.Key)).ToList())
        {
            _views.Remove(name);
            _gone.Add(name);
            await hub.LeaveAsync(view);
        }
        var added = wanted.Where(name => !_views.ContainsKey(name)).Take(options.MaxAgents - _views.Count).ToList();
        _agentsLeftOut = AgentsLeftOut(names);
        var views = new ConcurrentBag<LiveView>();
        await Parallel.ForEachAsync(added, new ParallelOptions { MaxDegreeOfParallelism = Abreast }, async (name, _) =>
        {
            if (await hub.ViewAsync(tenant, name, this) is { } view)
                views.Add(view);
        });
        foreach (var view in views)
            _views.Add(view.Agent.Name, view);
    }

    /// <summary>Begins to look at alerts, if it is to; <c>unavailable</c>: not now.</summary>
    public async Task<Problem?> WatchAlertsAsync()
    {
        if (filter.WantsAlerts)
            _alerts = await hub.ViewAlertsAsync(tenant, filter, options.MaxAlerts);
        return filter.WantsAlerts && _alerts is null
            ? new Problem(ProblemCodes.Unavailable, "The centre can't read its alerts just now. Subscribe again.") { RetryAfterSeconds = 1 }
            : null;
    }

    /// <summary>Begins to look at its tasks; <c>task_not_found</c>, <c>quota_exceeded</c>, <c>unavailable</c>.</summary>
    public async Task<Problem?> WatchTasksAsync(TaskLogOperations operations, TimeProvider time, Caller caller)
    {
        foreach (var task in filter.Tasks)
        {
            var view = await GrainCalls.OrProblemAsync(() => LiveTaskView.BeginAsync(operations, time, caller, task));
            if (!view.Ok)
                return view.Problem;
            _tasks.Add(view.Value);
        }
        return null;
    }

    /// <summary>Begins to tell what has changed. The first round tells all.</summary>
    public void BeginRound()
    {
        foreach (var view in _views.Values)
            view.BeginRound();
        _round = new Queue<LiveView>(_views.Values);
        IsWriting = true;
    }

    /// <summary>Writes the next frame of the round. False: it would say nothing, and the round is over.</summary>
    public bool Write(LiveFrame frame)
    {
        var json = frame.Begin("update");
        json.WriteString("id", id);
        if (_full)
            json.WriteBoolean("full", true);
        json.WriteStartArray("agents");
        var begun = json.BytesCommitted + json.BytesPending;
        foreach (var name in _gone)
        {
            json.WriteStartObject();
            json.WriteString("agent", name);
            json.WriteBoolean("gone", true);
            json.WriteEndObject();
        }
        _gone.Clear();
        while (!frame.IsFull && _round.TryPeek(out var view) && view.Write(frame))
            _round.Dequeue();
        // A frame that was announced comes, even if nothing was left to say.
        var says = _full || _announced || json.BytesCommitted + json.BytesPending > begun || HasNews;
        _full = false;
        json.WriteEndArray();
        _alerts?.Write(frame);
        WriteTasks(frame);
        _announced = IsWriting = _round.Count > 0 || (frame.IsFull && HasNews);
        if (IsWriting)
            json.WriteBoolean("more", true);
        return says;
    }

    private bool HasNews => _alerts?.HasNews == true || _tasks.Exists(task => task.HasNews);

    private void WriteTasks(LiveFrame frame)
    {
        if (!_tasks.Exists(task => task.HasNews))
            return;
        frame.Json.WriteStartArray("tasks");
        // The next round begins with another one, so that one that writes much lets the others have their say.
        for (var left = _tasks.Count; left > 0 && !frame.IsFull; left--)
        {
            var task = _tasks[0];
            _tasks.RemoveAt(0);
            _tasks.Add(task);
            if (task.HasNews)
                task.Write(frame);
        }
        frame.Json.WriteEndArray();
    }

    /// <summary>Room for one more series; false: there is none.</summary>
    public bool TryAddSeries()
    {
        if (Interlocked.Increment(ref _series) <= options.MaxSeries)
            return true;
        Interlocked.Decrement(ref _series);
        _seriesLeftOut = true;
        return false;
    }

    public void RemoveSeries(int count) => Interlocked.Add(ref _series, -count);

    /// <summary>Names a series within this subscription.</summary>
    public int NextNumber() => _number++;

    /// <summary>Lets go of all its agents.</summary>
    public async Task EndAsync()
    {
        foreach (var view in _views.Values)
            await hub.LeaveAsync(view);
        _views.Clear();
        if (_alerts is not null)
            await hub.LeaveAsync(_alerts);
        foreach (var task in _tasks)
            await task.DisposeAsync();
        _tasks.Clear();
    }
}
