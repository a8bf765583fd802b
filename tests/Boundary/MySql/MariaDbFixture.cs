using Outrider.Testing.MariaDb;

namespace Outrider.Tests.Boundary.MySql;

/// <summary>One MariaDB for all tests of the collection.</summary>
public sealed class MariaDbFixture : IAsyncLifetime
{
    public MariaDbServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await MariaDbServer.StartAsync("--max-allowed-packet=64M");

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
