using System.Net.Http.Json;
using Outrider.Testing.Centre;
using Outrider.Testing.Cluster;
using Outrider.Testing.Processes;
using Outrider.Tests.Cluster.Process;

namespace Outrider.Tests.Cluster.EndToEnd;

/// <summary>Three silos behind a load balancer, and a real agent of a demo StarRocks whose disk is full, linked to the second silo.</summary>
public sealed class DemoCluster(SiloDatabases databases) : IAsyncLifetime
{
    private DemoStarRocks _starRocks = null!;
    private RoundRobin _balancer = null!;

    public ClusterStack Stack { get; private set; } = null!;

    /// <summary>Of the balancer, which gives each request to the next silo.</summary>
    public Uri Url => _balancer.Url;

    /// <summary>An admin key of tenant <c>demo</c>, whose only agent is <c>demo</c> too.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Starts a real agent, whose policy allows harmless commands.</summary>
    public async Task<ChildProcess> StartAgentAsync(SiloProcess silo, string name, string token)
    {
        await File.WriteAllTextAsync(Path.Combine(Stack.AgentFolder(name), "policy.json"), """{"profile": "dev"}""");
        return Stack.StartAgent(silo.Url, name, token, ("127.0.0.1", _starRocks.Port, "root", ""));
    }

    public async Task InitializeAsync()
    {
        _starRocks = await DemoStarRocks.StartAsync("disk-full");
        Stack = await ClusterStack.StartAsync(on: databases.MariaDb);
        _balancer = await RoundRobin.StartAsync([.. Stack.Silos.Select(silo => silo.Url)]);
        await Stack.CreateTenantAsync("demo");
        Key = await Stack.CreateKeyAsync("demo");
        var token = await Stack.CreateTokenAsync("demo");
        var agent = await StartAgentAsync(Stack.Silos[1], "demo", token);
        using var client = Stack.Client(Stack.Silos[0], Key);
        await Eventually.SoAsync("a query comes through the agent", async () =>
        {
            using var response = await client.PostAsJsonAsync(TestCentre.Path("/agents/demo/sql"), new { sql = "SHOW BACKENDS" });
            return response.IsSuccessStatusCode;
        }, () => agent.HasExited, () => agent.Output);
    }

    public async Task DisposeAsync()
    {
        await _balancer.DisposeAsync();
        await Stack.DisposeAsync();
        await _starRocks.DisposeAsync();
    }
}
