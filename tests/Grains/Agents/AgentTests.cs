using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Hosting;
using Outrider.Testing.Link;

namespace Outrider.Tests.Grains.Agents;

public sealed class AgentTests : IAsyncLifetime
{
    private const string Key = "demo/db-1";
    private readonly FakeLink _link = new();
    private TestHost _host = null!;
    private Credential _token = null!;

    private IAgent Agent => _host.Host.Grains.Get<IAgent>(Key);

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(LinkGrains.Registry());
        Assert.True(Credential.TryParse(await _host.Host.CreateTenantAsync("demo", "db-*", agents: 1), out var token));
        _token = token;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Connect_WithToken_EnrolsAndIsListed()
    {
        var session = await ConnectAsync("h1", token: true);
        Assert.True(session.Value?.Enrolled);
        Assert.Equal(["db-1"], await _host.Host.Grains.Get<IAgentDirectory>("demo").ListAsync(null, 10));
        var view = (await Agent.GetAsync()).Value!;
        Assert.Equal((AgentStatus.Online, true), (view.Status, view.Connected));
    }

    [Fact]
    public async Task Connect_AnswerLostAndTokenSentAgain_JustAuthenticates()
    {
        await ConnectAsync("h1", token: true);
        var again = await ConnectAsync("h1", token: true);
        Assert.False(again.Value?.Enrolled);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 10)]
    public async Task UseLink_LinkGone_IsWorthAskingAgainSoonOnlyIfItWasThereAMomentAgo(int minutes, int seconds)
    {
        var session = (await ConnectAsync("h1", token: true)).Value!.Session;
        await Agent.DisconnectAsync(session);
        _host.Time.Advance(TimeSpan.FromMinutes(minutes));

        var offline = (await Agent.UseLinkAsync()).Problem!;

        Assert.Equal((ProblemCodes.AgentOffline, seconds), (offline.Code, offline.RetryAfterSeconds));
    }

    [Fact]
    public async Task Connect_AnswerLostAndCallRepeated_KeepsTheLinkAndGivesItsLastSession()
    {
        var link = Register(_link);
        var first = await Agent.ConnectAsync(Hello("h1", "b1", token: true), link);
        var second = await Agent.ConnectAsync(Hello("h1", "b1", token: true), link);

        Assert.False(_link.Closed.IsCompleted);
        Assert.Equal(ProblemCodes.Conflict, (await Agent.KeepAliveAsync(first.Value!.Session, new AgentPulse(_host.Time.GetUtcNow(), null), link)).Problem?.Code);
        Assert.True((await Agent.KeepAliveAsync(second.Value!.Session, new AgentPulse(_host.Time.GetUtcNow(), null), link)).Ok);
    }

    [Theory]
    [InlineData("demo/db-1", false, ProblemCodes.Unauthenticated)]
    [InlineData("demo/web-1", true, ProblemCodes.EnrolmentRefused)]
    [InlineData("nobody/db-1", false, ProblemCodes.Unauthenticated)]
    public async Task Connect_NotEntitled_IsRefused(string key, bool token, string code)
    {
        var refused = await _host.Host.Grains.Get<IAgent>(key).ConnectAsync(Hello("h1", "b1", token), Register(_link));
        Assert.Equal(code, refused.Problem?.Code);
    }

    [Fact]
    public async Task Connect_PastTheQuota_IsRefused()
    {
        await ConnectAsync("h1", token: true);
        var second = await _host.Host.Grains.Get<IAgent>("demo/db-2").ConnectAsync(Hello("h2", "b2", token: true), Register(_link));
        Assert.Equal(ProblemCodes.QuotaExceeded, second.Problem?.Code);
    }

    [Fact]
    public async Task Connect_OtherCredential_IsToldTheNameIsTakenOnlyWithAToken()
    {
        await ConnectAsync("h1", token: true);
        Assert.Equal(ProblemCodes.AgentExists, (await ConnectAsync("h2", token: true)).Problem?.Code);
        Assert.Equal(ProblemCodes.Unauthenticated, (await ConnectAsync("h2")).Problem?.Code);
    }

    [Fact]
    public async Task Connect_OtherBootWhileTheLinkLives_IsRefused()
    {
        await ConnectAsync("h1", token: true);
        var second = await ConnectAsync("h1", boot: "b2", link: new FakeLink());
        Assert.Equal(ProblemCodes.AgentConnected, second.Problem?.Code);
        Assert.Contains("second agent", second.Problem?.Message, StringComparison.Ordinal);
        Assert.True((await Agent.UseLinkAsync()).Ok);
    }

    [Fact]
    public async Task Connect_SameBoot_ReplacesTheLink()
    {
        var first = await ConnectAsync("h1", token: true);
        var second = await ConnectAsync("h1", link: new FakeLink());
        Assert.True(second.Ok);
        Assert.Equal(ProblemCodes.Conflict, (await _link.Closed).Code);
        Assert.Equal(ProblemCodes.Conflict, (await PulseAsync(first.Value!.Session)).Problem?.Code);
        await Agent.DisconnectAsync(first.Value.Session);
        Assert.True((await Agent.UseLinkAsync()).Ok);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connect_OtherBootAfterTheLinkDied_IsLetIn(bool gone)
    {
        var reference = Register(_link);
        await Agent.ConnectAsync(Hello("h1", "b1", token: true), reference);
        _link.Lives = false;
        if (gone)
            _host.Host.Observers.Release(reference);
        Assert.True((await ConnectAsync("h1", boot: "b2", link: new FakeLink())).Ok);
    }

    [Fact]
    public async Task Connect_OtherBootWhileNobodyAnswersForTheLink_IsLetInAfterOneDeadline()
    {
        await ConnectAsync("h1", token: true);
        _link.Hangs = true;
        var connecting = ConnectAsync("h1", boot: "b2", link: new FakeLink());
        await _link.Pinged;
        // A deadline may come a second late.
        _host.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.True((await connecting).Ok);
        // That would be another deadline to wait for.
        Assert.False(_link.Closed.IsCompleted);
    }

    [Fact]
    public async Task Connect_OtherBootAfter45SecondsOfSilence_IsLetIn()
    {
        await ConnectAsync("h1", token: true);
        _host.Time.Advance(AgentStatuses.DegradedAfter);
        Assert.True((await ConnectAsync("h1", boot: "b2", link: new FakeLink())).Ok);
    }

    [Fact]
    public async Task Status_InSilence_GoesFromOnlineByDegradedToOffline()
    {
        var changes = new List<string>();
        var last = new TaskCompletionSource();
        await using var subscription = await _host.Host.Feeds.SubscribeAsync<AgentStatusChange>(AgentStatusChange.Feed, Key, item =>
        {
            changes.Add($"{item.Number} {item.Value.From}=>{item.Value.To} {(item.Value.At - _host.Time.GetUtcNow()).TotalSeconds:0}");
            if (item.Value.To == AgentStatus.Offline)
                last.SetResult();
            return Task.CompletedTask;
        });
        await ConnectAsync("h1", token: true);
        var start = _host.Time.GetUtcNow();
        _host.Time.Advance(AgentStatuses.DegradedAfter - TimeSpan.FromSeconds(1));
        Assert.Equal(AgentStatus.Online, (await Agent.GetAsync()).Value!.Status);
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(AgentStatus.Degraded, (await Agent.GetAsync()).Value!.Status);
        _host.Time.Advance(AgentStatuses.OfflineAfter - AgentStatuses.DegradedAfter);
        Assert.Equal(AgentStatus.Offline, (await Agent.GetAsync()).Value!.Status);
        Assert.Equal(ProblemCodes.AgentOffline, (await Agent.UseLinkAsync()).Problem?.Code);
        await last.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["1 Offline=>Online", "2 Online=>Degraded", "3 Degraded=>Offline"], changes.Select(c => c[..c.LastIndexOf(' ')]));
        Assert.Equal(AgentStatuses.OfflineAfter, _host.Time.GetUtcNow() - start);
    }

    [Fact]
    public async Task Status_WhileItIsHeard_StaysOnline()
    {
        var session = (await ConnectAsync("h1", token: true)).Value!.Session;
        for (var i = 0; i < 30; i++)
        {
            _host.Time.Advance(TimeSpan.FromSeconds(10));
            Assert.True((await PulseAsync(session)).Ok);
            Assert.Equal(AgentStatus.Online, (await Agent.GetAsync()).Value!.Status);
        }
    }

    [Fact]
    public async Task KeepAlive_HeardAtATimeToCome_MeansNow()
    {
        var session = (await ConnectAsync("h1", token: true)).Value!.Session;
        await Agent.KeepAliveAsync(session, new AgentPulse(DateTimeOffset.MaxValue, null), Register(_link));
        Assert.Equal(_host.Time.GetUtcNow(), (await Agent.GetAsync()).Value!.LastSeenAt);
        _host.Time.Advance(AgentStatuses.DegradedAfter);
        Assert.Equal(AgentStatus.Degraded, (await Agent.GetAsync()).Value!.Status);
    }

    [Fact]
    public async Task Disconnect_OfTheLink_DegradesAtOnce()
    {
        var session = (await ConnectAsync("h1", token: true)).Value!.Session;
        await Agent.DisconnectAsync(session);
        var view = (await Agent.GetAsync()).Value!;
        Assert.Equal((AgentStatus.Degraded, false), (view.Status, view.Connected));
        Assert.Contains("last heard at", (await Agent.UseLinkAsync()).Problem?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crash_OfTheCentre_KeepsEnrolmentAndTakesTheLinkUpAgain()
    {
        var session = (await ConnectAsync("h1", token: true)).Value!.Session;
        await PulseAsync(session, new DatabaseState("starrocks", "ok", "3.3"));
        await _host.CrashAsync();
        var view = (await Agent.GetAsync()).Value!;
        Assert.Equal((AgentStatus.Degraded, "starrocks"), (view.Status, view.Databases.Single().Name));
        Assert.Equal(ProblemCodes.AgentOffline, (await Agent.UseLinkAsync()).Problem?.Code);
        Assert.True((await ConnectAsync("h1", link: new FakeLink())).Ok);
        Assert.True((await Agent.UseLinkAsync()).Ok);
    }

    [Fact]
    public async Task Revoke_OfALinkedAgent_ClosesItAndFreesTheName()
    {
        await ConnectAsync("h1", token: true);
        Assert.True((await Agent.RevokeAsync()).Ok);
        Assert.Equal(ProblemCodes.AgentRevoked, (await _link.Closed).Code);
        Assert.Equal(ProblemCodes.AgentNotFound, (await Agent.GetAsync()).Problem?.Code);
        Assert.Equal(0, await _host.Host.Grains.Get<IAgentDirectory>("demo").CountAsync());
        Assert.Equal(ProblemCodes.AgentRevoked, (await ConnectAsync("h1", token: true)).Problem?.Code);
        Assert.True((await ConnectAsync("h2", token: true)).Value?.Enrolled);
        Assert.Equal(ProblemCodes.AgentRevoked, (await ConnectAsync("h1")).Problem?.Code);
    }

    [Fact]
    public async Task KeepAlive_OfADisabledTenant_IsRefused()
    {
        var session = (await ConnectAsync("h1", token: true)).Value!.Session;
        await _host.Host.Grains.Get<ITenant>("demo").UpdateAsync(new TenantUpdate { Enabled = false });
        Assert.Equal(ProblemCodes.TenantDisabled, (await PulseAsync(session)).Problem?.Code);
        Assert.Equal(ProblemCodes.TenantDisabled, (await ConnectAsync("h1")).Problem?.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Activation_AfterAnother_FindsTheLinkAgainIfItIsThere(bool there)
    {
        await ConnectAsync("h1", token: true);
        await _host.UntilIdleAsync();
        _link.LastHeard = there ? _host.Time.GetUtcNow() : null;

        var view = (await Agent.GetAsync()).Value!;
        Assert.Equal((there ? AgentStatus.Online : AgentStatus.Offline, there), (view.Status, view.Connected));
        Assert.Equal(there, (await Agent.UseLinkAsync()).Ok);
    }

    private ObserverRef<IAgentLink> Register(IAgentLink link) => _host.Host.Observers.Register(link);

    private Task<Outcome<AgentSession>> ConnectAsync(string hash, bool token = false, string boot = "b1", IAgentLink? link = null) =>
        Agent.ConnectAsync(Hello(hash, boot, token), Register(link ?? _link));

    private Task<Outcome<LinkConfig>> PulseAsync(string session, params DatabaseState[] databases) =>
        Agent.KeepAliveAsync(session, new AgentPulse(_host.Time.GetUtcNow(), databases is [] ? null : [.. databases]), Register(_link));

    private AgentHello Hello(string hash, string boot, bool token) => new()
    {
        Agent = "db-1",
        CredentialHash = hash.PadRight(64, '0'),
        TokenId = token ? _token.Id : null,
        TokenHash = token ? _token.Hash : null,
        Boot = boot,
        Facts = new AgentFacts { Version = "0.1.0", Capabilities = ["sql"] },
    };
}
