using System.Data.Common;
using Outrider.Storage.Shared;
using Outrider.Testing.MySql;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>An empty database of one test on a shared server, and the nodes that use it.</summary>
public sealed class SharedPlace : IAsyncDisposable
{
    private static int s_last;

    private readonly ISharedServer _server;
    private readonly List<DbDataSource> _sources = [];

    private SharedPlace(ISharedServer server) => _server = server;

    /// <summary>The database's name.</summary>
    public string Name { get; } = $"t{Environment.ProcessId}_{Interlocked.Increment(ref s_last)}";

    public SqlDialect Dialect => _server.Dialect;

    /// <summary>A database without tables.</summary>
    public static async Task<SharedPlace> CreateAsync(ISharedServer server)
    {
        var place = new SharedPlace(server);
        await server.CreateDatabaseAsync(place.Name);
        return place;
    }

    /// <summary>A database with the tables of the given part.</summary>
    public static async Task<SharedPlace> CreateAsync(ISharedServer server, SchemaPart part)
    {
        var place = await CreateAsync(server);
        await new SharedMigrator(place.Open(), part).MigrateAsync(default);
        return place;
    }

    /// <summary>What one node opens, with connections of its own.</summary>
    public SharedDatabase Open(TimeProvider? time = null, FaultyProxy? proxy = null)
    {
        var source = _server.Connect(Name, proxy?.Port ?? _server.Port);
        _sources.Add(source);
        return new SharedDatabase(source, _server.Dialect, time ?? TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources)
            await source.DisposeAsync();
    }
}
