using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Outrider.Agent.Cluster.Configuration;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;
using Outrider.Silo.OrleansClient;
using Outrider.Silo.OrleansClient.Bindings;
using Outrider.Silo.OrleansClient.Calls;

namespace Outrider.Agent.Cluster.Link;

/// <summary>One client of the cluster. It goes on over the loss of silos as long as one is left.</summary>
internal sealed class ClusterConnection : IAsyncDisposable
{
    /// <summary>As long as over a WebSocket for an answer to the dial, and the grain's own 5 s for a link that may be gone.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private readonly ClusterSettings _settings;
    private readonly TimeProvider _time;
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _lost = new();

    public ClusterConnection(ClusterSettings settings, TimeProvider time)
    {
        (_settings, _time, Lost) = (settings, time, _lost.Token);
        _services = new ServiceCollection().AddOrleansClient(Configure).BuildServiceProvider();
    }

    public IGrains Grains => _services.GetRequiredService<IGrains>();

    public IObservers Observers => _services.GetRequiredService<IObservers>();

    /// <summary>Fires when no silo can be reached any more.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Connects. <c>unavailable</c>: no silo could be reached, and why.</summary>
    public async Task<Problem?> OpenAsync(CancellationToken cancellation)
    {
        try
        {
            using var timeout = new CancellationTokenSource(s_deadline, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
            foreach (var service in _services.GetServices<IHostedService>())
                await service.StartAsync(either.Token).WaitAsync(either.Token);
            return null;
        }
        catch (Exception e)
        {
            var why = e is OperationCanceledException ? "no answer in time." : e.GetBaseException().Message;
            return new Problem(ProblemCodes.Unavailable, $"The cluster '{_settings.ClusterId}' can't be reached: {why}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var soon = new CancellationTokenSource(s_farewell, _time);
            foreach (var service in _services.GetServices<IHostedService>().Reverse())
                await service.StopAsync(soon.Token).WaitAsync(soon.Token);
        }
        catch (Exception)
        {
            // It was never up, or there is nobody left to take leave of.
        }
        await _services.DisposeAsync();
        _lost.Dispose();
    }

    private void Configure(IClientBuilder client)
    {
        client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (_settings.ClusterId, _settings.ClusterId));
        client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = CallFilter.LastResort);
        client.Services.AddContracts(ContractBindings.Create(), new CallOptions { Deadline = s_deadline, Time = _time });
        client.AddClusterConnectionLostHandler((_, _) => Fire());
        if (_settings.Tls is { } tls)
            client.UseTls(tls.Certificate, connections => tls.Apply(connections, _settings.ClusterId));
        if (_settings.Database is { } database)
            client.UseAdoNetClustering(membership => (membership.Invariant, membership.ConnectionString) = (database.Invariant, database.Connection));
        else
            client.UseStaticClustering([.. _settings.Gateways!]);
    }

    private void Fire()
    {
        try
        {
            _lost.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was being closed anyway.
        }
    }
}
