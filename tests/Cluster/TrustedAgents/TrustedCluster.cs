using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Outrider.Agent.Cluster.Configuration;
using Outrider.Grains.Agents;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Tasks;
using Outrider.Silo.OrleansClient;
using Outrider.Silo.OrleansClient.Bindings;
using Outrider.Silo.OrleansClient.Calls;
using Outrider.Testing.Cluster;

namespace Outrider.Tests.Cluster.TrustedAgents;

/// <summary>Silos that let trusted clients in, and a client of the test's own.</summary>
public sealed class TrustedCluster : IAsyncDisposable
{
    private readonly ServiceProvider _client;

    private TrustedCluster(ClusterStack stack, ServiceProvider client, string token) => (Stack, _client, Token) = (stack, client, token);

    public ClusterStack Stack { get; }

    /// <summary>Enrols agents of tenant <c>demo</c>.</summary>
    public string Token { get; }

    /// <summary>The database of these silos says where they are.</summary>
    internal ClusterSettings Settings => new()
    {
        ClusterId = "outrider",
        Database = MembershipDatabase.Create("mysql", Stack.Environment["OUTRIDER_DATABASE_CONNECTION"], null).Value,
    };

    public static async Task<TrustedCluster> StartAsync(int silos)
    {
        var stack = await ClusterStack.StartAsync(silos, settings => settings["OUTRIDER_TRUSTED_CLIENTS"] = "true");
        await stack.CreateTenantAsync("demo");
        var client = new ServiceCollection().AddOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("outrider", "outrider"));
            client.Services.AddContracts(ContractBindings.Create(), new CallOptions());
            client.UseStaticClustering([.. stack.Silos.Select(silo => new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, silo.ClientPort))]);
        }).BuildServiceProvider();
        foreach (var service in client.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        return new TrustedCluster(stack, client, await stack.CreateTokenAsync("demo"));
    }

    public IAgent Agent(string name) => Service<IGrains>().Get<IAgent>(GrainKeys.Join("demo", name));

    /// <summary>The agent's link, as whoever wants work of it gets it.</summary>
    public async Task<IAgentLink> LinkAsync(string name) => Service<IObservers>().Get((await Agent(name).UseLinkAsync()).Value!);

    public async Task<TaskResult> RunAsync(string name, TaskCreate task, CancellationToken cancellation = default) =>
        await (await LinkAsync(name)).RunAsync(task, cancellation);

    /// <summary>The silo on which the agent's grain lives.</summary>
    public async Task<SiloProcess> SiloOfAsync(string name)
    {
        var address = await Service<IGrainFactory>().GetGrain<IManagementGrain>(0).GetActivationAddress((IAgentGrain)Agent(name));
        return Stack.Silos.Single(silo => silo.SiloPort == address!.Endpoint.Port);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _client.GetServices<IHostedService>())
            await service.StopAsync(CancellationToken.None);
        await _client.DisposeAsync();
        await Stack.DisposeAsync();
    }

    private T Service<T>() where T : notnull => _client.GetRequiredService<T>();
}
