namespace Outrider.Tests.Cluster.TrustedAgents;

/// <summary>Two silos for tests that leave them alone.</summary>
public sealed class TrustedClusterFixture : IAsyncLifetime
{
    public TrustedCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await TrustedCluster.StartAsync(2);

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
