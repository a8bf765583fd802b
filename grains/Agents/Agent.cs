using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Agents;

/// <inheritdoc cref="IAgent"/>
/// <remarks>Open to derivation because a host may add its own marker to a grain.</remarks>
public class Agent(GrainContext context, IGrainState<AgentState> state) : Grain(context), IAgent
{
    /// <summary>How far behind the saved time of last hearing may be.</summary>
    private static readonly TimeSpan s_saveSeenEvery = TimeSpan.FromMinutes(1);

    private ObserverRef<IAgentLink>? _link;
    private DateTimeOffset? _lastSeen;
    private IDisposable? _timer;
    private DateTimeOffset _timerAt;

    private string Tenant => GrainKeys.Split(Key)[0];

    private string Name => GrainKeys.Split(Key)[1];

    private DateTimeOffset Now => Context.Time.GetUtcNow();

    private bool Enrolled => state.Value.CredentialHash is not null;

    public override async Task OnActivateAsync(CancellationToken cancellation)
    {
        _lastSeen = state.Value.LastSeenAt;
        await FindLinkAsync();
        await UpdateStatusAsync();
    }

    public async Task<Outcome<AgentSession>> ConnectAsync(AgentHello hello, ObserverRef<IAgentLink> link)
    {
        var enrols = !Enrolled;
        if (await AdmitAsync(hello) is { } refused)
            return refused;
        if (await MakeWayAsync(hello.Boot, link) is { } taken)
            return taken;
        var now = Now;
        var session = Guid.NewGuid().ToString("N");
        state.Value = state.Value with
        {
            CredentialHash = hello.CredentialHash,
            EnrolledAt = enrols ? now : state.Value.EnrolledAt,
            Session = session,
            Link = link,
            Boot = hello.Boot,
            ConnectedAt = now,
            LastSeenAt = now,
            Facts = hello.Facts,
        };
        await state.SaveAsync();
        (_link, _lastSeen) = (link, now);
        await UpdateStatusAsync();
        return new AgentSession(session, enrols);
    }

    public async Task<Outcome<Done>> KeepAliveAsync(string session, AgentPulse pulse, ObserverRef<IAgentLink> link)
    {
        if (state.Value.Session != session)
            return new Problem(ProblemCodes.Conflict, "Another link of this agent has replaced this one, or the agent was revoked.");
        if (await CheckTenantAsync() is { } disabled)
            return disabled;
        _link = link;
        _lastSeen = NotAfterNow(pulse.HeardAt);
        var databases = pulse.Databases ?? state.Value.Databases;
        if (!databases.SequenceEqual(state.Value.Databases) || _lastSeen - state.Value.LastSeenAt >= s_saveSeenEvery)
        {
            state.Value = state.Value with { Databases = databases, LastSeenAt = _lastSeen };
            await state.SaveAsync();
        }
        await UpdateStatusAsync();
        return Done.Value;
    }

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
            Status = AgentStatuses.Of(_link is not null, _lastSeen, Now),
            Connected = _link is not null,
            EnrolledAt = state.Value.EnrolledAt,
            ConnectedAt = state.Value.ConnectedAt,
            LastSeenAt = _lastSeen,
            Facts = state.Value.Facts,
            Databases = state.Value.Databases,
        });
    }

    public Task<Outcome<ObserverRef<IAgentLink>>> UseLinkAsync()
    {
        Outcome<ObserverRef<IAgentLink>> answer =
            !Enrolled ? NotFound()
            : _link is not null && AgentStatuses.Of(true, _lastSeen, Now) != AgentStatus.Offline ? _link
            : new Problem(ProblemCodes.AgentOffline, _lastSeen is { } seen
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
            LastSeenAt = null,
            Facts = null,
            Databases = [],
        };
        await state.SaveAsync();
        (_link, _lastSeen) = (null, null);
        await Context.Grains.Get<IAgentDirectory>(Tenant).RemoveAsync(Name);
        await Context.Grains.Get<ITenant>(Tenant).ForgetAgentAsync(Name);
        await CloseAsync(link, Revoked());
        await UpdateStatusAsync();
        return Done.Value;
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

    /// <summary>Checks the credential, enrols a new agent, checks the tenant. Null: come in.</summary>
    /// <remarks>Who proves nothing learns nothing: names and tenants are told only to holders of a credential or a token.</remarks>
    private async Task<Problem?> AdmitAsync(AgentHello hello)
    {
        if (state.Value.RevokedHashes.Contains(hello.CredentialHash))
            return Revoked();
        if (state.Value.CredentialHash is { } hash && Credential.SameHash(hash, hello.CredentialHash))
            return await CheckTenantAsync();
        if (hello is not { TokenId: { } tokenId, TokenHash: { } tokenHash })
        {
            return new Problem(ProblemCodes.Unauthenticated,
                $"Agent '{Name}' is not enrolled with this credential. Start it with an enrolment token (OUTRIDER_ENROLMENT_TOKEN).");
        }
        // Asked for a known agent too: the token proves that its holder may learn that the name is taken.
        var admitted = await Context.Grains.Get<ITenant>(Tenant).AdmitAgentAsync(tokenId, tokenHash, Name);
        if (!admitted.Ok)
            return Hide(admitted.Problem);
        return Enrolled
            ? new Problem(ProblemCodes.AgentExists,
                $"Another machine is enrolled as '{Name}'. Choose another name (OUTRIDER_AGENT_NAME), or revoke the enrolled agent and start this one again.")
            : null;
    }

    private async Task<Problem?> CheckTenantAsync() =>
        Hide((await Context.Grains.Get<ITenant>(Tenant).CheckEnabledAsync()).Problem);

    private static Problem? Hide(Problem? problem) => problem?.Code == ProblemCodes.TenantNotFound
        ? new Problem(ProblemCodes.Unauthenticated, "The credential is not valid.")
        : problem;

    /// <summary>Ends the present link if the new one may replace it. Null: the way is free.</summary>
    private async Task<Problem?> MakeWayAsync(string boot, ObserverRef<IAgentLink> link)
    {
        // The same link again: the answer to its first call was lost.
        if (_link is not { } present || present == link)
            return null;
        if (state.Value.Boot != boot && Now - _lastSeen < AgentStatuses.DegradedAfter && await LivesAsync(present))
        {
            return new Problem(ProblemCodes.AgentConnected,
                $"A second agent with the id '{Name}' is connected with the same credential. Stop one of them; each machine needs a name and a data folder of its own.")
            {
                RetryAfterSeconds = 30,
            };
        }
        _link = null;
        await CloseAsync(present, new Problem(ProblemCodes.Conflict, "A newer link of this agent has replaced this one."));
        return null;
    }

    private async Task<bool> LivesAsync(ObserverRef<IAgentLink> link)
    {
        try
        {
            return await Context.Observers.Get(link).PingAsync();
        }
        catch (Exception e) when (IsGone(e))
        {
            return false;
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

    /// <summary>Publishes the status if it changed, and comes back when silence alone may change it.</summary>
    private async Task UpdateStatusAsync()
    {
        var now = Now;
        var (from, to) = (state.Value.Status, AgentStatuses.Of(_link is not null, _lastSeen, now));
        if (from != to)
        {
            state.Value = state.Value with { Status = to, StatusChanges = state.Value.StatusChanges + 1, LastSeenAt = _lastSeen };
            await state.SaveAsync();
            await Context.Feeds.PublishAsync(
                AgentStatusChange.Feed, Key, new FeedItem<AgentStatusChange>(state.Value.StatusChanges, new AgentStatusChange(from, to, now)));
        }
        if (AgentStatuses.NextChange(_link is not null, _lastSeen, now) is { } due && (_timer is null || now + due < _timerAt))
        {
            _timer?.Dispose();
            _timer = Context.Timers.Start(OnTimerAsync, due, Timeout.InfiniteTimeSpan);
            _timerAt = now + due;
        }
    }

    private Task OnTimerAsync(CancellationToken cancellation)
    {
        _timer?.Dispose();
        _timer = null;
        return UpdateStatusAsync();
    }

    private Problem NotFound() => new(ProblemCodes.AgentNotFound, $"There is no agent '{Name}'.");

    private Problem Revoked() => new(ProblemCodes.AgentRevoked,
        $"The credential of agent '{Name}' was revoked. To enrol it again, delete the file 'credential' in its data folder and start it with a new enrolment token.");
}
