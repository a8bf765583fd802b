using System.Threading.Channels;
using Outrider.Api.Auth;
using Outrider.Api.Operations;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Live;

/// <summary>
/// A viewer that has proven who it is. All that it asks and is told happens one after the other: while it takes a frame nothing else is
/// made for it.
/// </summary>
internal sealed class LiveViewer(
    LiveContext live, LiveSocket socket, ChannelReader<Outcome<LiveRequest>> requests, Caller caller, Credential credential)
{
    /// <summary>How many times the proof may fail for the centre's own reasons.</summary>
    private const int MaxUnprovenIntervals = 3;

    private readonly List<LiveSubscription> _subscriptions = [];
    private DateTimeOffset _provenAt = live.Time.GetUtcNow();
    private DateTimeOffset _triedAt = live.Time.GetUtcNow();
    private DateTimeOffset _matchedAt = live.Time.GetUtcNow();
    private Problem? _over;

    private bool IsWriting => _subscriptions.Exists(subscription => subscription.IsWriting);

    /// <summary>Serves until there are no more requests. Says why, if the centre had enough of it; null also where it is gone.</summary>
    public async Task<Problem?> ServeAsync()
    {
        live.Metrics.ViewerCame();
        try
        {
            socket.Frame.Begin("ready").WriteNumber("version", 1);
            if (await socket.SendAsync())
                await LoopAsync();
            return _over;
        }
        finally
        {
            live.Metrics.ViewerWent();
            foreach (var subscription in _subscriptions)
                await subscription.EndAsync();
        }
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(live.Options.UpdateInterval, live.Time);
        var tick = timer.WaitForNextTickAsync().AsTask();
        var request = requests.WaitToReadAsync().AsTask();
        var serves = true;
        while (serves && _over is null)
        {
            if (!IsWriting)
                await Task.WhenAny(tick, request);
            if (request.IsCompleted)
            {
                if (!await request)
                    return;
                if (requests.TryRead(out var frame))
                    serves = await AnswerAsync(frame);
                request = requests.WaitToReadAsync().AsTask();
            }
            if (tick.IsCompleted)
            {
                tick = timer.WaitForNextTickAsync().AsTask();
                serves = serves && await TickAsync(live.Time.GetUtcNow());
            }
            serves = serves && await WriteAsync();
        }
    }

    /// <summary>Each of these is false when the viewer is gone.</summary>
    private async Task<bool> AnswerAsync(Outcome<LiveRequest> frame)
    {
        if ((frame.Problem ?? live.Proof.Limits.Count(caller)) is { } wrong)
        {
            _over = wrong;
            return true;
        }
        var request = frame.Value!;
        switch (request.Type)
        {
            case LiveRequest.Subscribe:
                return await SubscribeAsync(request) is not { } refused || await RefuseAsync(refused, request.Id);
            case LiveRequest.Unsubscribe:
                return await UnsubscribeAsync(request.Id);
            case LiveRequest.Ping:
                socket.Frame.Begin("pong");
                return await socket.SendAsync();
            default:
                return await RefuseAsync(new(ProblemCodes.InvalidArgument, "'type' is subscribe, unsubscribe or ping."), request.Id);
        }
    }

    private async Task<Problem?> SubscribeAsync(LiveRequest request)
    {
        var filter = LiveFilter.From(request, live.Options);
        if (!filter.Ok)
            return filter.Problem;
        if (Check(filter.Value) is { } forbidden)
            return forbidden;
        if (_subscriptions.Exists(one => one.Id == request.Id))
            return new Problem(ProblemCodes.Conflict, $"There is a subscription '{request.Id}'. Choose another id, or unsubscribe that one first.");
        if (_subscriptions.Count >= live.Options.MaxSubscriptions)
        {
            return new Problem(ProblemCodes.QuotaExceeded,
                $"This viewer has {_subscriptions.Count} subscriptions, as many as it may. Unsubscribe one, or let one match more.");
        }
        List<string> names;
        try
        {
            names = await live.Hub.AgentsAsync(caller.Tenant);
        }
        catch (Exception e) when (GrainCalls.Describe(e) is { } passing)
        {
            return passing;
        }
        var subscription = new LiveSubscription(request.Id!, filter.Value, caller.Tenant, live.Hub, live.Options);
        if (subscription.AgentsLeftOut(names) is { } tooMany)
            return tooMany;
        await subscription.MatchAsync(names);
        if (subscription.SeriesLeftOut is { } tooMuch)
        {
            await subscription.EndAsync();
            return tooMuch;
        }
        if ((await subscription.WatchAlertsAsync() ?? await subscription.WatchTasksAsync(live.Tasks, live.Time, caller)) is { } unseen)
        {
            await subscription.EndAsync();
            return unseen;
        }
        _subscriptions.Add(subscription);
        subscription.BeginRound();
        return null;
    }

    /// <summary>Agents alone may be seen by whoever is here; what else is asked for needs its own permission.</summary>
    private Problem? Check(LiveFilter filter) =>
        (filter.WantsSeries ? Permissions.Require(caller, Permission.MetricsRead) : null)
        ?? (filter.WantsAlerts ? Permissions.Require(caller, Permission.AlertsRead) : null)
        ?? (filter.Tasks.Count > 0 ? Permissions.Require(caller, Permission.TasksRead) : null);

    private async Task<bool> UnsubscribeAsync(string? id)
    {
        if (_subscriptions.Find(one => one.Id == id) is not { } subscription)
            return await RefuseAsync(new(ProblemCodes.NotFound, "There is no subscription of this id."), id);
        _subscriptions.Remove(subscription);
        await subscription.EndAsync();
        socket.Frame.Begin("unsubscribed").WriteString("id", id);
        return await socket.SendAsync();
    }

    private async Task<bool> TickAsync(DateTimeOffset now)
    {
        if (now - _triedAt >= live.Options.ProofInterval)
            await ProveAgainAsync(now);
        if (_over is not null)
            return true;
        if (now - _matchedAt >= live.Options.AgentsInterval && _subscriptions.Count > 0)
            await MatchAgainAsync(now);
        foreach (var subscription in _subscriptions)
        {
            if (subscription.TakeNewsOfLimits() is { } leftOut && !await RefuseAsync(leftOut, subscription.Id))
                return false;
            // One that still tells of the last round has a viewer too slow for another.
            if (!subscription.IsWriting)
                subscription.BeginRound();
        }
        if (now - socket.SentAt < live.Options.Heartbeat)
            return true;
        socket.Frame.Begin("heartbeat").WriteNumber("time", now.ToUnixTimeMilliseconds());
        return await socket.SendAsync();
    }

    /// <summary>A key may be revoked, and a tenant disabled, while the socket is open.</summary>
    private async Task ProveAgainAsync(DateTimeOffset now)
    {
        _triedAt = now;
        try
        {
            var again = await live.Proof.Authenticator.AuthenticateAsync(credential);
            _over = !again.Ok ? again.Problem
                : again.Value != caller ? new Problem(ProblemCodes.Forbidden, "The role of this key has changed. Connect again.")
                : null;
            _provenAt = now;
        }
        catch (Exception e)
        {
            live.Log.Unproven(caller.Tenant, e.Message);
            if (now - _provenAt >= MaxUnprovenIntervals * live.Options.ProofInterval)
                _over = new Problem(ProblemCodes.Unavailable, "The centre can't tell just now whether this key is still good. Connect again.") { RetryAfterSeconds = 5 };
        }
    }

    private async Task MatchAgainAsync(DateTimeOffset now)
    {
        _matchedAt = now;
        try
        {
            var names = await live.Hub.AgentsAsync(caller.Tenant);
            foreach (var subscription in _subscriptions)
                await subscription.MatchAsync(names);
        }
        catch (Exception e) when (GrainCalls.Describe(e) is not null)
        {
            // The next time does.
        }
    }

    /// <summary>Sends the next frame of a round, if there is one.</summary>
    private async Task<bool> WriteAsync()
    {
        if (_subscriptions.Find(one => one.IsWriting) is not { } subscription || !subscription.Write(socket.Frame))
            return true;
        live.Metrics.Sent(socket.Frame.Values, socket.Frame.Coalesced);
        return await socket.SendAsync();
    }

    private Task<bool> RefuseAsync(Problem problem, string? id)
    {
        live.Metrics.Error(problem.Code);
        return socket.SendAsync(problem, id);
    }
}
