using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;
using Outrider.Grains.Agents;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Metrics;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Link;
using Outrider.Silo.Orleans.Runtime;
using Outrider.Silo.OrleansClient.Bindings;
using Outrider.Silo.OrleansClient.Calls;
using Outrider.Testing.Link;
using Outrider.Testing.Metrics;
using Outrider.Tests.Cluster.Conformance;

namespace Outrider.Tests.Cluster.Placement;

/// <summary>An agent's grain is where its link is, whatever happens to either.</summary>
public sealed class AgentPlacementTests : IAsyncLifetime
{
    private readonly InProcessTestCluster _cluster = Build();
    private Credential _token = null!;

    public async Task InitializeAsync()
    {
        await _cluster.DeployAsync();
        var tenant = Grains(0).Get<ITenant>("demo");
        await tenant.CreateAsync(new TenantProfile { Name = "Demo" });
        var issued = await tenant.IssueEnrolmentTokenAsync(new EnrolmentTokenRequest(["*"], null, null));
        Assert.True(Credential.TryParse(issued.Value!.Secret, out var token));
        _token = token;
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Connect_AtAnySilo_TheGrainIsThere()
    {
        for (var silo = 0; silo < 3; silo++)
        {
            await ConnectAsync($"db-{silo}", silo);
            Assert.Equal(Address(silo), await WhereAsync($"db-{silo}", silo));
        }
    }

    [Fact]
    public async Task Connect_AtAnotherSilo_TheGrainFollowsAndKnowsTheNewLink()
    {
        await ConnectAsync("db-1", silo: 0);
        var link = new FakeLink { LastHeard = DateTimeOffset.UtcNow };
        await ConnectAsync("db-1", silo: 2, link);

        Assert.Equal(Address(2), await WhereAsync("db-1", 2));
        var view = (await Agent("db-1", 1).GetAsync()).Value!;
        Assert.Equal((AgentStatus.Online, true), (view.Status, view.Connected));
        Assert.True((await Agent("db-1", 1).UseLinkAsync()).Ok);
    }

    [Fact]
    public async Task Silo_WithTheLinkIsKilled_TheAgentComesBackAtAnother()
    {
        await ConnectAsync("db-1", silo: 2);
        await _cluster.KillSiloAsync(_cluster.Silos[2]);
        await ConnectAsync("db-1", silo: 0, boot: "b1");

        Assert.Equal(Address(0), await WhereAsync("db-1", 0));
        Assert.True((await Agent("db-1", 1).UseLinkAsync()).Ok);
    }

    private static InProcessTestCluster Build()
    {
        var storage = new MemoryStorage();
        var builder = new InProcessTestClusterBuilder(3);
        builder.Options.InitializeClientOnDeploy = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddPlainGrains(ContractBindings.Create(), new CallOptions());
            silo.AddReminders();
            silo.Services.AddSingleton<IReminderTable>(new MemoryReminders());
            silo.Services.AddKeyedSingleton<IGrainStorage>("Default", storage);
            silo.Services.AddSingleton<IGrainStorage>(storage);
            silo.Services.AddSingleton<IReportStore>(_ => throw new InvalidOperationException("No reports here."));
            silo.Services.AddSingleton<IMetricStore>(new MemoryMetricStore());
        });
        return builder.Build();
    }

    private async Task ConnectAsync(string agent, int silo, FakeLink? link = null, string boot = "b1")
    {
        var hello = new AgentHello
        {
            Agent = agent, CredentialHash = agent.PadRight(64, '0'), TokenId = _token.Id, TokenHash = _token.Hash, Boot = boot,
            Facts = new AgentFacts { Version = "0.1.0", Capabilities = ["sql"] },
        };
        var reference = Services(silo).GetRequiredService<IObservers>().Register<IAgentLink>(link ?? new FakeLink { LastHeard = DateTimeOffset.UtcNow });
        var session = await Agent(agent, silo).ConnectAsync(hello, reference);
        Assert.True(session.Ok, session.Problem?.Message);
    }

    /// <summary>Where the grain is once it has stopped moving: a migration runs after the turn that asked for it.</summary>
    private async Task<SiloAddress?> WhereAsync(string agent, int expected)
    {
        var management = Services(expected).GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        SiloAddress? at = null;
        for (var i = 0; i < 100 && at?.Equals(Address(expected)) != true; i++)
        {
            await Agent(agent, expected).GetAsync();
            at = await management.GetActivationAddress(Services(expected).GetRequiredService<IGrainFactory>().GetGrain<IAgentGrain>($"demo/{agent}"));
        }
        return at;
    }

    private IServiceProvider Services(int silo) => _cluster.GetSiloServiceProvider(Address(silo));

    private SiloAddress Address(int silo) => _cluster.Silos[silo].SiloAddress;

    private IGrains Grains(int silo) => Services(silo).GetRequiredService<IGrains>();

    private IAgent Agent(string agent, int silo) => Grains(silo).Get<IAgent>($"demo/{agent}");
}
