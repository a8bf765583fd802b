using Outrider.Testing.Postgres;

namespace Outrider.Tests.Boundary.Databases;

/// <summary>One PostgreSQL for all tests of a class.</summary>
public sealed class PostgresTaskFixture : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgresServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
