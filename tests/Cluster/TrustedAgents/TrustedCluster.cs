using Outrider.Agent.Cluster.Configuration;
using Outrider.Agent.Cluster.Link;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Cluster;

namespace Outrider.Tests.Cluster.TrustedAgents;

/// <summary>Silos that let trusted clients in, and a client beside the agents' own.</summary>
public sealed class TrustedCluster : IAsyncDisposable
{
    private readonly ClusterConnection _client;

    private TrustedCluster(ClusterStack stack, ClusterConnection client, string token) => (Stack, _client, Token) = (stack, client, token);

    public ClusterStack Stack { get; }

    /// <summary>Enrols agents of tenant <c>demo</c>.</summary>
    public string Token { get; }

    internal IGrains Grains => _client.Grains;

    /// <summary>The database of these silos says where they are.</summary>
    internal ClusterSettings Settings => SettingsOf(Stack);

    public static async Task<TrustedCluster> StartAsync(int silos)
    {
        var stack = await ClusterStack.StartAsync(silos, settings => settings["OUTRIDER_TRUSTED_CLIENTS"] = "true");
        await stack.CreateTenantAsync("demo");
        var client = new ClusterConnection(SettingsOf(stack), TimeProvider.System);
        Assert.Null(await client.OpenAsync(CancellationToken.None));
        return new TrustedCluster(stack, client, await stack.CreateTokenAsync("demo"));
    }

    public IAgent Agent(string name) => _client.Grains.Get<IAgent>(GrainKeys.Join("demo", name));

    /// <summary>The agent's link, as whoever wants work of it gets it.</summary>
    public async Task<IAgentLink> LinkAsync(string name) => _client.Observers.Get((await Agent(name).UseLinkAsync()).Value!);

    public async Task<TaskResult> RunAsync(string name, TaskCreate task, CancellationToken cancellation = default) =>
        await (await LinkAsync(name)).RunAsync(task, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await Stack.DisposeAsync();
    }

    private static ClusterSettings SettingsOf(ClusterStack stack) => new()
    {
        ClusterId = "outrider",
        Database = MembershipDatabase.Create("mysql", stack.Environment["OUTRIDER_DATABASE_CONNECTION"], null).Value,
    };
}
