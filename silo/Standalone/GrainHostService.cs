using Outrider.Silo.Embedded;

namespace Outrider.Silo.Standalone;

/// <summary>Starts the grains before anything that calls them, and stops them after.</summary>
public sealed class GrainHostService(EmbeddedHost host) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => host.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => host.StopAsync();
}
