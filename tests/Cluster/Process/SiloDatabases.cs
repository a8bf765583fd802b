using System.Globalization;
using Npgsql;
using Outrider.MySql.Client;
using Outrider.Testing.MariaDb;
using Outrider.Testing.Postgres;

namespace Outrider.Tests.Cluster.Process;

/// <summary>A MariaDB and a PostgreSQL that the tests of this folder share; each takes databases of its own.</summary>
public sealed class SiloDatabases : IAsyncLifetime
{
    private int _made;

    public MariaDbServer MariaDb { get; private set; } = null!;

    public PostgresServer Postgres { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        MariaDb = await MariaDbServer.StartAsync();
        Postgres = await PostgresServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await MariaDb.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    /// <summary>Settings of a silo by a new, empty database.</summary>
    /// <param name="kind">As the setting <c>database</c> says it.</param>
    public async Task<Dictionary<string, string>> CreateAsync(string kind)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"silo_{Interlocked.Increment(ref _made)}");
        return new()
        {
            ["OUTRIDER_DATABASE"] = kind,
            ["OUTRIDER_DATABASE_CONNECTION"] = kind == "mysql" ? await CreateMariaDbAsync(name) : await CreatePostgresAsync(name),
        };
    }

    private async Task<string> CreateMariaDbAsync(string name)
    {
        await using var session = await ClientSession.ConnectAsync(MariaDb.Root, CancellationToken.None);
        await using var made = await session.QueryAsync($"CREATE DATABASE {name}", CancellationToken.None);
        return $"Server=127.0.0.1;Port={MariaDb.Port};Database={name};User ID=root;Password={MariaDbServer.RootPassword}";
    }

    private async Task<string> CreatePostgresAsync(string name)
    {
        await using var source = NpgsqlDataSource.Create(Postgres.ConnectionString());
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return Postgres.ConnectionString(name);
    }
}
