namespace Outrider.Tests.Cluster.TrustedAgents;

/// <summary>Two silos for tests that leave them alone.</summary>
public sealed class TrustedClusterFixture : IAsyncLifetime
{
    public TrustedCluster Cluster { get; private set; } = null!;

    /// <summary>An admin key of tenant <c>demo</c>.</summary>
    public string Key { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Cluster = await TrustedCluster.StartAsync(2);
        Key = await Cluster.Stack.CreateKeyAsync("demo");
    }

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}
