using Outrider.Grains.Alerts;
using Outrider.Grains.Metrics;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Agents;

/// <inheritdoc cref="IAgent"/>
/// <remarks>Open to derivation because a host may add its own marker to a grain.</remarks>
public class Agent(GrainContext context, IGrainState<AgentState> state, IMetricStore metrics) : Grain(context), IAgent
{
    /// <summary>How far behind the saved time of last hearing may be.</summary>
    private static readonly TimeSpan s_saveSeenEvery = TimeSpan.FromMinutes(1);

    private readonly AgentAdmission _admission = new(context.Grains, GrainKeys.Split(context.Key)[0], GrainKeys.Split(context.Key)[1]);
    private readonly MetricIntake _intake = new(context, metrics, GrainKeys.Split(context.Key)[0], GrainKeys.Split(context.Key)[1]);
    private readonly DirectoryNews _news = new(context, GrainKeys.Split(context.Key)[0]);
    private ObserverRef<IAgentLink>? _link;
    private DateTimeOffset? _lastSeen;
    private IDisposable? _timer;
    private DateTimeOffset _timerAt;

    private string Tenant => GrainKeys.Split(Key)[0];

    private string Name => GrainKeys.Split(Key)[1];

    private DateTimeOffset Now => Context.Time.GetUtcNow();

    /// <summary>Whether it can be heard: over a link, or by what it posts.</summary>
    private bool IsPresent => _link is not null || state.Value.Posts;

    private bool Enrolled => state.Value.CredentialHash is not null;

    private AgentSummary Summary => new(Name, AgentStatuses.Of(IsPresent, _lastSeen, Now), _link is not null, _lastSeen, state.Value.Facts);

    public override async Task OnActivateAsync(CancellationToken cancellation)
    {
        _lastSeen = state.Value.LastSeenAt;
        await FindLinkAsync();
        await UpdateStatusAsync();
        WakeEvaluation();
    }

    public async Task<Outcome<AgentSession>> ConnectAsync(AgentHello hello, ObserverRef<IAgentLink> link)
    {
        var enrols = !Enrolled;
        var terms = await _admission.AdmitAsync(state.Value, hello);
        if (!terms.Ok)
            return terms.Problem;
        if (await MakeWayAsync(hello.Boot, link) is { } taken)
            return taken;
        var session = Guid.NewGuid().ToString("N");
        state.Value = Registered(hello) with { Session = session, Link = link, Boot = hello.Boot, ConnectedAt = Now, Posts = false };
        await state.SaveAsync();
        (_link, _lastSeen) = (link, Now);
        await UpdateStatusAsync();
        WakeEvaluation();
        return new AgentSession(session, enrols, AgentSettings.Merge(terms.Value, state.Value.Settings));
    }

    public async Task<Outcome<AgentSession>> RegisterAsync(AgentHello hello)
    {
        var enrols = !Enrolled;
        var terms = await _admission.AdmitAsync(state.Value, hello);
        if (!terms.Ok)
            return terms.Problem;
        state.Value = Registered(hello) with { Posts = true };
        await state.SaveAsync();
        _lastSeen = Now;
        await UpdateStatusAsync();
        WakeEvaluation();
        return new AgentSession(state.Value.Session ?? "", enrols, AgentSettings.Merge(terms.Value, state.Value.Settings));
    }

    public async Task<Outcome<LinkConfig>> KeepAliveAsync(string session, AgentPulse pulse, ObserverRef<IAgentLink> link)
    {
        if (state.Value.Session != session)
            return Replaced();
        var terms = await _admission.TermsAsync();
        if (!terms.Ok)
            return terms.Problem;
        _link = link;
        _lastSeen = NotAfterNow(pulse.HeardAt);
        var databases = pulse.Databases ?? state.Value.Databases;
        if (!databases.SequenceEqual(state.Value.Databases) || _lastSeen - state.Value.LastSeenAt >= s_saveSeenEvery)
        {
            state.Value = state.Value with { Databases = databases, LastSeenAt = _lastSeen };
            await state.SaveAsync();
        }
        await UpdateStatusAsync();
        return AgentSettings.Merge(terms.Value, state.Value.Settings);
    }

    public async Task<Outcome<Done>> ReportAsync(string session, byte[] batch)
    {
        if (state.Value.Session != session)
            return Replaced();
        _lastSeen = Now;
        return await _intake.TakeAsync(batch) is { Problem: { } problem } ? problem : Done.Value;
    }

    public async Task<Outcome<AgentPosted>> PostAsync(string credentialHash, byte[]? batch)
    {
        var terms = await _admission.CheckAsync(state.Value, credentialHash);
        if (!terms.Ok)
            return terms.Problem;
        var stored = batch is null ? null : await _intake.TakeAsync(batch);
        if (stored is { Problem: { } problem })
            return problem;
        _lastSeen = Now;
        if (!state.Value.Posts || _lastSeen - state.Value.LastSeenAt >= s_saveSeenEvery)
        {
            state.Value = state.Value with { Posts = true, LastSeenAt = _lastSeen };
            await state.SaveAsync();
        }
        await UpdateStatusAsync();
        return new AgentPosted(AgentSettings.Merge(terms.Value, state.Value.Settings), stored?.Value);
    }

    public async Task<Outcome<AgentSettings>> SetSettingsAsync(AgentSettings settings)
    {
        if (!Enrolled)
            return NotFound();
        if (settings.Fault() is { } fault)
            return fault;
        state.Value = state.Value with { Settings = settings with { Revision = state.Value.Settings.Revision + 1 } };
        await state.SaveAsync();
        return state.Value.Settings;
    }

    public Task<Outcome<AgentSettings>> GetSettingsAsync() => Task.FromResult<Outcome<AgentSettings>>(Enrolled ? state.Value.Settings : NotFound());

    public async Task DisconnectAsync(string session)
    {
        if (state.Value.Session != session)
            return;
        _link = null;
        state.Value = state.Value with { Session = null, Link = null, LastSeenAt = _lastSeen };
        await state.SaveAsync();
        await UpdateStatusAsync();
    }

    public Task<Outcome<AgentView>> GetAsync()
    {
        if (!Enrolled)
            return Task.FromResult<Outcome<AgentView>>(NotFound());
        return Task.FromResult<Outcome<AgentView>>(new AgentView
        {
            Name = Name,
            Status = AgentStatuses.Of(IsPresent, _lastSeen, Now),
            Connected = _link is not null,
            EnrolledAt = state.Value.EnrolledAt,
            ConnectedAt = state.Value.ConnectedAt,
            LastSeenAt = _lastSeen,
            Facts = state.Value.Facts,
            Databases = state.Value.Databases,
            Metrics = _intake.LastAt is null && _intake.LeftOut is null ? null : new AgentMetricsView(_intake.LastAt, _intake.LeftOut),
        });
    }

    public Task<Outcome<ObserverRef<IAgentLink>>> UseLinkAsync()
    {
        Outcome<ObserverRef<IAgentLink>> answer =
            !Enrolled ? NotFound()
            : _link is not null && AgentStatuses.Of(true, _lastSeen, Now) != AgentStatus.Offline ? _link
            : new Problem(ProblemCodes.AgentOffline, state.Value.Posts
                ? $"Agent '{Name}' posts what it measures and holds no link, so it can't be asked. Run the program outrider-agent there."
                : _lastSeen is { } seen
                ? $"Agent '{Name}' has no link; it was last heard at {seen:yyyy-MM-ddTHH:mm:ssZ}. Check that it runs and reaches the centre."
                : $"Agent '{Name}' has not connected yet.")
            {
                // One that was there a moment ago has most likely lost its link with a node of the centre, and dials again.
                RetryAfterSeconds = Now - _lastSeen < 2 * s_saveSeenEvery ? 1 : 10,
            };
        return Task.FromResult(answer);
    }

    public async Task<Outcome<Done>> RevokeAsync()
    {
        if (state.Value.CredentialHash is not { } hash)
            return NotFound();
        var link = _link;
        state.Value = state.Value with
        {
            CredentialHash = null,
            RevokedHashes = [.. state.Value.RevokedHashes.TakeLast(AgentState.MaxRevoked - 1), hash],
            Session = null,
            Link = null,
            Boot = null,
            Posts = false,
            LastSeenAt = null,
            Facts = null,
            Databases = [],
        };
        await state.SaveAsync();
        (_link, _lastSeen) = (null, null);
        await Context.Grains.Get<IAgentDirectory>(Tenant).RemoveAsync(Name);
        await Context.Grains.Get<ITenant>(Tenant).ForgetAgentAsync(Name);
        await CloseAsync(link, _admission.Revoked());
        await UpdateStatusAsync();
        return Done.Value;
    }

    /// <summary>Its alert rules are evaluated from the first batch on. Not waited for: that asks this grain how it is.</summary>
    private void WakeEvaluation()
    {
        if (Enrolled)
            _ = Context.Grains.Get<IAlertEvaluation>(Key).WakeAsync(0);
    }

    /// <summary>The clocks of two machines differ, and one of them may be the agent's.</summary>
    private DateTimeOffset NotAfterNow(DateTimeOffset time) => Now is var now && time > now ? now : time;

    /// <summary>Takes up the link that an earlier activation had, if it is still there: the agent needn't be heard first.</summary>
    private async Task FindLinkAsync()
    {
        if (state.Value is not { Session: { } session, Link: { } link })
            return;
        try
        {
            if (await Context.Observers.Get(link).LastHeardAsync(session) is { } heard)
                (_link, _lastSeen) = (link, NotAfterNow(heard));
        }
        catch (Exception e) when (IsGone(e))
        {
            // The agent dials again.
        }
    }

    /// <summary>The state with what an agent says of itself, admitted just now.</summary>
    private AgentState Registered(AgentHello hello) => state.Value with
    {
        CredentialHash = hello.CredentialHash,
        EnrolledAt = Enrolled ? state.Value.EnrolledAt : Now,
        LastSeenAt = Now,
        Facts = hello.Facts,
    };

    /// <summary>Ends the present link if the new one may replace it. Null: the way is free.</summary>
    private async Task<Problem?> MakeWayAsync(string boot, ObserverRef<IAgentLink> link)
    {
        // The same link again: the answer to its first call was lost.
        if (_link is not { } present || present == link)
            return null;
        var lives = state.Value.Boot != boot && Now - _lastSeen < AgentStatuses.DegradedAfter ? await LivesAsync(present) : false;
        if (lives == true)
        {
            return new Problem(ProblemCodes.AgentConnected,
                $"A second agent with the id '{Name}' is connected with the same credential. Stop one of them; each machine needs a name and a data folder of its own.")
            {
                RetryAfterSeconds = 30,
            };
        }
        _link = null;
        // Where nobody answered there is nobody to tell: the new link isn't kept waiting for that too.
        if (lives is not null)
            await CloseAsync(present, new Problem(ProblemCodes.Conflict, "A newer link of this agent has replaced this one."));
        return null;
    }

    /// <summary>Whether the agent answers over this link; null: not even who holds the link does.</summary>
    private async Task<bool?> LivesAsync(ObserverRef<IAgentLink> link)
    {
        try
        {
            return await Context.Observers.Get(link).PingAsync();
        }
        catch (Exception e) when (IsGone(e))
        {
            return null;
        }
    }

    private async Task CloseAsync(ObserverRef<IAgentLink>? link, Problem reason)
    {
        if (link is null)
            return;
        try
        {
            await Context.Observers.Get(link).CloseAsync(reason);
        }
        catch (Exception e) when (IsGone(e))
        {
            // It is closed, which is all that was wanted; or its silo is stuck, and its next pulse is refused.
        }
    }

    private static bool IsGone(Exception failure) => failure is ObserverGoneException or TimeoutException or GrainUnreachableException;

    /// <summary>Publishes the status if it changed, comes back when silence alone may change it, and tells the directory.</summary>
    private async Task UpdateStatusAsync()
    {
        var now = Now;
        var (from, to) = (state.Value.Status, AgentStatuses.Of(IsPresent, _lastSeen, now));
        if (from != to)
        {
            state.Value = state.Value with { Status = to, StatusChanges = state.Value.StatusChanges + 1, LastSeenAt = _lastSeen };
            await state.SaveAsync();
            await Context.Feeds.PublishAsync(
                AgentStatusChange.Feed, Key, new FeedItem<AgentStatusChange>(state.Value.StatusChanges, new AgentStatusChange(from, to, now)));
        }
        if (AgentStatuses.NextChange(IsPresent, _lastSeen, now) is { } due && (_timer is null || now + due < _timerAt))
        {
            _timer?.Dispose();
            _timer = Context.Timers.Start(OnTimerAsync, due, Timeout.InfiniteTimeSpan);
            _timerAt = now + due;
        }
        _news.Tell(Enrolled ? Summary : null, s_saveSeenEvery);
    }

    private Task OnTimerAsync(CancellationToken cancellation)
    {
        _timer?.Dispose();
        _timer = null;
        return UpdateStatusAsync();
    }

    private Problem NotFound() => new(ProblemCodes.AgentNotFound, $"There is no agent '{Name}'.");

    private static Problem Replaced() =>
        new(ProblemCodes.Conflict, "Another link of this agent has replaced this one, or the agent was revoked.");
}
