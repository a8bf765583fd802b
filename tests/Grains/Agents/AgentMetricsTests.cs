using System.Threading.Channels;
using Outrider.Grains.Agents;
using Outrider.Grains.Metrics;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Hosting;
using Outrider.Testing.Link;
using Outrider.Testing.Metrics;

namespace Outrider.Tests.Grains.Agents;

/// <summary>What an agent measures and posts, and what it is told to keep to.</summary>
public sealed class AgentMetricsTests : IAsyncLifetime
{
    private readonly MemoryMetricStore _store = new();
    private readonly FakeLink _link = new();
    private TestHost _host = null!;
    private Credential _token = null!;

    private IAgent Agent => _host.Host.Grains.Get<IAgent>("demo/db-1");

    private ITenant Tenant => _host.Host.Grains.Get<ITenant>("demo");

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(LinkGrains.Registry(_store));
        Assert.True(Credential.TryParse(await _host.Host.CreateTenantAsync("demo"), out var token));
        _token = token;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Report_OverTheLinkInForce_IsStoredOnceAndToldWithItsNumber()
    {
        var told = Channel.CreateUnbounded<FeedItem<MetricReport>>();
        await using var subscription = await _host.Host.Feeds.SubscribeAsync<MetricReport>(
            MetricReport.Feed, "demo/db-1", item => told.Writer.WriteAsync(item).AsTask());
        var session = await ConnectAsync();

        Assert.True((await Agent.ReportAsync(session, Batch(1))).Ok);
        Assert.True((await Agent.ReportAsync(session, Batch(1))).Ok);
        Assert.True((await Agent.ReportAsync(session, Batch(2))).Ok);

        Assert.Equal([1UL, 2], _store.Of("demo", "db-1").Select(batch => batch.Seq));
        Assert.Equal((1, 1UL), await NextAsync());
        Assert.Equal((2, 2UL), await NextAsync());
        Assert.Equal(_host.Time.GetUtcNow(), (await Agent.GetAsync()).Value!.Metrics!.LastReportAt);

        async Task<(long Number, ulong Seq)> NextAsync()
        {
            var item = await told.Reader.ReadAsync();
            return (item.Number, MetricBatchCodec.Decode(item.Value.Batch).Value!.Seq);
        }
    }

    [Fact]
    public async Task Report_OverALinkThatWasReplaced_IsAConflictAndNotStored()
    {
        var old = await ConnectAsync();
        await ConnectAsync();
        Assert.Equal(ProblemCodes.Conflict, (await Agent.ReportAsync(old, Batch(1))).Problem?.Code);
        Assert.Empty(_store.Of("demo", "db-1"));
    }

    [Fact]
    public async Task Report_StoreAway_IsToBeSentAgain()
    {
        var session = await ConnectAsync();
        _store.Refuse = () => throw new StoreAwayException();
        var refused = (await Agent.ReportAsync(session, Batch(1))).Problem!;
        Assert.Equal(ProblemCodes.Unavailable, refused.Code);
        Assert.True(refused.RetryAfterSeconds > 0);
        Assert.DoesNotContain("/secret/place", refused.Message, StringComparison.Ordinal);

        _store.Refuse = null;
        Assert.True((await Agent.ReportAsync(session, Batch(1))).Ok);
    }

    [Fact]
    public async Task Report_PastTheSeriesLimit_SucceedsAndTheAgentShowsWhy()
    {
        var session = await ConnectAsync();
        _store.Refuse = () => new MetricAppend(false, 0, 1, new Problem(ProblemCodes.SeriesLimit, "The tenant has 2 series."));
        Assert.True((await Agent.ReportAsync(session, Batch(1))).Ok);
        Assert.Equal(ProblemCodes.SeriesLimit, (await Agent.GetAsync()).Value!.Metrics!.Problem?.Code);

        _store.Refuse = null;
        await Agent.ReportAsync(session, Batch(2));
        Assert.Null((await Agent.GetAsync()).Value!.Metrics!.Problem);
    }

    [Fact]
    public async Task KeepAlive_SettingsChanged_AnswersThem()
    {
        var session = await ConnectAsync();
        Assert.Null((await PulseAsync(session)).Metrics);

        await Tenant.SetAgentSettingsAsync(new AgentSettings { ReportSeconds = 60 });
        Assert.Equal((60, 1L), Told(await PulseAsync(session)));
        await Agent.SetSettingsAsync(new AgentSettings { ReportSeconds = 5 });
        Assert.Equal((5, 2L), Told(await PulseAsync(session)));
        await Agent.SetSettingsAsync(AgentSettings.None);
        Assert.Equal((60, 3L), Told(await PulseAsync(session)));

        await _host.CrashAsync();
        Assert.Equal((60, 3L), Told((await Agent.ConnectAsync(Hello(), Register())).Value!.Config));

        static (int, long) Told(LinkConfig config) => (config.ReportSeconds, config.Metrics!.Revision);
    }

    [Fact]
    public async Task SetSettings_UnknownAgentOrWrongOnes_AreRefused()
    {
        Assert.Equal(ProblemCodes.AgentNotFound, (await Agent.SetSettingsAsync(AgentSettings.None)).Problem?.Code);
        await ConnectAsync();
        Assert.Equal(ProblemCodes.InvalidArgument, (await Agent.SetSettingsAsync(new AgentSettings { ReportSeconds = 0 })).Problem?.Code);
        Assert.Equal(ProblemCodes.InvalidArgument, (await Tenant.SetAgentSettingsAsync(new AgentSettings { ReportSeconds = 0 })).Problem?.Code);
    }

    [Fact]
    public async Task Post_AfterRegistering_KeepsTheAgentOnlineUntilItFallsSilent()
    {
        var registered = await Agent.RegisterAsync(Hello(token: true));
        Assert.True(registered.Value!.Enrolled);
        Assert.True((await Agent.PostAsync("h1", Batch(1))).Ok);
        Assert.Single(_store.Of("demo", "db-1"));
        Assert.Equal((AgentStatus.Online, false), await StatusAsync());
        Assert.Equal(ProblemCodes.AgentOffline, (await Agent.UseLinkAsync()).Problem?.Code);

        _host.Time.Advance(TimeSpan.FromSeconds(44));
        Assert.Equal((AgentStatus.Online, false), await StatusAsync());
        _host.Time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal((AgentStatus.Offline, false), await StatusAsync());

        await _host.CrashAsync();
        Assert.True((await Agent.PostAsync("h1", null)).Ok);
        Assert.Equal((AgentStatus.Online, false), await StatusAsync());

        async Task<(AgentStatus, bool)> StatusAsync() => (await Agent.GetAsync()).Value! is var view ? (view.Status, view.Connected) : default;
    }

    [Fact]
    public async Task Post_NotEntitled_IsRefusedAndNotStored()
    {
        Assert.Equal(ProblemCodes.Unauthenticated, (await Agent.PostAsync("h1", Batch(1))).Problem?.Code);
        await Agent.RegisterAsync(Hello(token: true));
        Assert.Equal(ProblemCodes.Unauthenticated, (await Agent.PostAsync("h2", Batch(1))).Problem?.Code);
        await Tenant.UpdateAsync(new TenantUpdate { Enabled = false });
        Assert.Equal(ProblemCodes.TenantDisabled, (await Agent.PostAsync("h1", Batch(1))).Problem?.Code);
        await Tenant.UpdateAsync(new TenantUpdate { Enabled = true });
        await Agent.RevokeAsync();
        Assert.Equal(ProblemCodes.AgentRevoked, (await Agent.PostAsync("h1", Batch(1))).Problem?.Code);
        Assert.Empty(_store.Of("demo", "db-1"));
    }

    private static byte[] Batch(ulong seq) =>
        MetricBatchCodec.Encode(new MetricBatch("b1", seq, [new SeriesSamples(new Series("cpu"), [new Sample(1_000, seq)])], null)).Value!;

    private async Task<string> ConnectAsync() => (await Agent.ConnectAsync(Hello(token: true), Register())).Value!.Session;

    private async Task<LinkConfig> PulseAsync(string session) =>
        (await Agent.KeepAliveAsync(session, new AgentPulse(_host.Time.GetUtcNow(), null), Register())).Value!;

    private ObserverRef<IAgentLink> Register() => _host.Host.Observers.Register<IAgentLink>(_link);

    private AgentHello Hello(bool token = false) => new()
    {
        Agent = "db-1",
        CredentialHash = "h1",
        TokenId = token ? _token.Id : null,
        TokenHash = token ? _token.Hash : null,
        Boot = "b1",
        Facts = new AgentFacts { Version = "0.1.0", Capabilities = ["metrics"] },
    };

    private sealed class StoreAwayException() : UnavailableException("The disk of /secret/place is full.");
}
