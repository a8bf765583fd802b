using Outrider.Testing.ClickHouse;

namespace Outrider.Tests.Boundary.Databases;

/// <summary>One ClickHouse for all tests of a class.</summary>
public sealed class ClickHouseFixture : IAsyncLifetime
{
    public ClickHouseServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await ClickHouseServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
