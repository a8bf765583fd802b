using System.Data.Common;
using Npgsql;
using Outrider.Storage.Shared;
using Outrider.Testing.Postgres;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

/// <summary>One PostgreSQL for all tests of the collection.</summary>
public sealed class PostgresFixture : ISharedServer, IAsyncLifetime
{
    private PostgresServer _server = null!;

    public SqlDialect Dialect => SqlDialect.Postgres;

    public int Port => _server.Port;

    public async Task InitializeAsync() => _server = await PostgresServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public async Task CreateDatabaseAsync(string name)
    {
        await using var source = NpgsqlDataSource.Create(_server.ConnectionString());
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
    }

    public string ConnectionString(string database) => _server.ConnectionString(database);

    public DbDataSource Connect(string database, int port) => NpgsqlDataSource.Create(_server.ConnectionString(database, port));

    public Task CrashAsync() => _server.CrashAsync();

    public Task StartAgainAsync() => _server.StartAgainAsync();
}
