using Outrider.Api.Operations.Fleet;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;
using Outrider.Testing.Alerts;
using Outrider.Testing.Hosting;
using Outrider.Testing.Link;
using Outrider.Testing.Metrics;

namespace Outrider.Tests.Boundary.Rest.Fleet;

/// <summary>What a look at a thousand agents, half of them offline, asks of the grains.</summary>
public sealed class FleetSnapshotsTests : IAsyncLifetime
{
    private const int Agents = 1_000;
    private readonly FakeLink _link = new();
    private readonly Dictionary<int, string> _sessions = [];
    private TestHost _host = null!;
    private CountingGrains _grains = null!;
    private FleetSnapshots _fleets = null!;
    private Credential _token = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(LinkGrains.Registry());
        Assert.True(Credential.TryParse(await _host.Host.CreateTenantAsync("demo"), out var token));
        _token = token;
        for (var i = 0; i < Agents; i++)
            await ConnectAsync(i);
        // Past the minute that an agent may stay silent, half of them are heard again.
        _host.Time.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < Agents; i += 2)
            await ConnectAsync(i);
        Look();
    }

    public async Task DisposeAsync()
    {
        _fleets.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Get_AgentsThatToldTheDirectory_AsksNoneOfThem()
    {
        var fleet = await _fleets.GetAsync("demo", default);

        Assert.Equal((Agents, Agents / 2, Agents / 2), (fleet.Totals.Agents, fleet.Totals.Online, fleet.Totals.Offline));
        Assert.Equal(new Dictionary<string, int> { ["IAgentDirectory.FollowAsync"] = 1 }, _grains.Take());

        // Again, with one that changed; who asks within two seconds causes nothing.
        await _host.Host.Grains.Get<IAgent>("demo/a0000").DisconnectAsync(_sessions[0]);
        await _fleets.GetAsync("demo", default);
        Assert.Empty(_grains.Take());
        _host.Time.Advance(FleetPace.MaxAge);
        fleet = await _fleets.GetAsync("demo", default);
        Assert.Equal((Agents / 2 - 1, 1), (fleet.Totals.Online, fleet.Totals.Degraded));
        Assert.Equal(new Dictionary<string, int> { ["IAgentDirectory.FollowAsync"] = 1 }, _grains.Take());
    }

    [Fact]
    public async Task Get_AfterTheCentreLostAllMemory_AsksEachOnceAndThenNoneAgain()
    {
        await _host.CrashAsync();
        Look();
        var fleet = await _fleets.GetAsync("demo", default);
        Assert.Equal((Agents, Agents), (fleet.Totals.Agents, _grains.Take()["IAgent.GetAsync"]));

        _host.Time.Advance(FleetPace.MaxAge);
        await _fleets.GetAsync("demo", default);
        Assert.Equal(new Dictionary<string, int> { ["IAgentDirectory.FollowAsync"] = 1 }, _grains.Take());

        // Nor does a look that begins anew: they told the directory when they were asked.
        Look();
        await _fleets.GetAsync("demo", default);
        Assert.Equal(new Dictionary<string, int> { ["IAgentDirectory.FollowAsync"] = 1 }, _grains.Take());
    }

    [Fact]
    public async Task Get_AnAgentThatSaidItIsOnlineAndIsNotHeardOf_IsAskedItself()
    {
        var lost = new AgentSummary("a0001", AgentStatus.Online, true, _host.Time.GetUtcNow(), null);
        await _host.Host.Grains.Get<IAgentDirectory>("demo").TellAsync(lost);
        await _fleets.GetAsync("demo", default);
        Assert.False(_grains.Take().ContainsKey("IAgent.GetAsync"));

        _host.Time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < Agents; i += 2)
            await ConnectAsync(i);
        _host.Time.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < Agents; i += 2)
            await ConnectAsync(i);
        var fleet = await _fleets.GetAsync("demo", default);
        Assert.Equal(1, _grains.Take()["IAgent.GetAsync"]);
        Assert.Equal(AgentStatus.Offline, fleet.Agents.Single(agent => agent.Name == "a0001").Status);
    }

    [Fact]
    public async Task Get_AnAgentIsRevoked_IsGoneFromTheNextLook()
    {
        await _fleets.GetAsync("demo", default);
        Assert.True((await _host.Host.Grains.Get<IAgent>("demo/a0002").RevokeAsync()).Ok);
        _host.Time.Advance(FleetPace.MaxAge);
        var fleet = await _fleets.GetAsync("demo", default);
        Assert.Equal(Agents - 1, fleet.Totals.Agents);
        Assert.DoesNotContain(fleet.Agents, agent => agent.Name == "a0002");
    }

    [Fact]
    public async Task Keep_NobodyAsksForAMinuteOrTooManyTenants_LetsGo()
    {
        for (var i = 0; i < FleetSnapshots.MaxTenants + 5; i++)
            await _fleets.GetAsync($"t{i}", default);
        Assert.Equal(FleetSnapshots.MaxTenants, _fleets.Count);
        _host.Time.Advance(FleetSnapshots.KeptFor / 2);
        await _fleets.GetAsync("t50", default);
        _host.Time.Advance(FleetSnapshots.KeptFor * 0.75);
        Assert.Equal(1, _fleets.Count);
        _host.Time.Advance(FleetSnapshots.KeptFor);
        Assert.Equal(0, _fleets.Count);
    }

    private void Look()
    {
        _fleets?.Dispose();
        _grains = new CountingGrains(_host.Host.Grains);
        _fleets = new FleetSnapshots(_grains, new MemoryMetricStore(), new MemoryAlertStore(), _host.Time);
    }

    private async Task ConnectAsync(int i)
    {
        var hello = new AgentHello
        {
            Agent = $"a{i:0000}",
            CredentialHash = $"{i}".PadRight(64, '0'),
            TokenId = _token.Id,
            TokenHash = _token.Hash,
            Boot = "1",
            Facts = new AgentFacts { Version = "1", Capabilities = [] },
        };
        var link = _host.Host.Observers.Register<IAgentLink>(_link);
        var session = await _host.Host.Grains.Get<IAgent>(GrainKeys.Join("demo", hello.Agent)).ConnectAsync(hello, link);
        Assert.Null(session.Problem);
        _sessions[i] = session.Value!.Session;
    }
}
