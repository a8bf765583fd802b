using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Outrider.Api.Health;
using Outrider.Grains.Metrics;
using Outrider.Storage.Metrics;

namespace Outrider.Silo.Hosting;

/// <summary>The metric store of a centre: loaded before anything asks it, closed after the last one did.</summary>
/// <param name="backend">Where its rows are.</param>
/// <param name="owned">What is closed after the store.</param>
/// <param name="time">Its clock.</param>
public sealed class MetricStorage(IMetricBackend backend, IAsyncDisposable owned, TimeProvider time) : IHostedService, IAsyncDisposable
{
    public MetricStore Store { get; } = new(backend, time);

    /// <summary>Registers it, with what it opens, as the centre's metric store. It loads in the order of hosted services.</summary>
    public static void Add(IServiceCollection services, Func<IServiceProvider, MetricStorage> open)
    {
        services.AddSingleton(open);
        services.AddSingleton<IMetricStore>(s => s.GetRequiredService<MetricStorage>().Store);
        services.AddHostedService(s => s.GetRequiredService<MetricStorage>());
        services.AddSingleton<MetricStoreWatch>(s => ActivatorUtilities.CreateInstance<MetricStoreWatch>(s, s.GetRequiredService<MetricStorage>().Store));
        services.AddSingleton<IReadinessCheck>(s => s.GetRequiredService<MetricStoreWatch>());
    }

    public Task StartAsync(CancellationToken cancellationToken) => Store.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await owned.DisposeAsync();
    }
}
