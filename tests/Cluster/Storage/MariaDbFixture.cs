using System.Data.Common;
using MySqlConnector;
using Outrider.Storage.Shared;
using Outrider.Testing.MariaDb;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Cluster.Storage;

/// <summary>One MariaDB for all tests of the collection.</summary>
public sealed class MariaDbFixture : ISharedServer, IAsyncLifetime
{
    private MariaDbServer _server = null!;

    public SqlDialect Dialect => SqlDialect.MySql;

    public int Port => _server.Port;

    // What was acknowledged has to survive the death of the server, not of the machine.
    public async Task InitializeAsync() => _server = await MariaDbServer.StartAsync("--innodb-flush-log-at-trx-commit=2");

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public async Task CreateDatabaseAsync(string name)
    {
        await using var source = Connect("", Port);
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
    }

    public DbDataSource Connect(string database, int port) => new MySqlDataSource(
        $"Server=127.0.0.1;Port={port};User ID=root;Password={MariaDbServer.RootPassword};Database={database};SSL Mode=None;Maximum Pool Size=20");

    public Task CrashAsync() => _server.CrashAsync();

    public Task StartAgainAsync() => _server.StartAgainAsync();
}
