using Outrider.Storage.Metrics;
using Outrider.Storage.Sqlite;

namespace Outrider.Silo.Standalone;

/// <summary>The metric store of one process, in a file of its own: loaded before anything asks it, closed after the last one did.</summary>
public sealed class MetricStorage : IHostedService, IAsyncDisposable
{
    private readonly SqliteDatabase _database;

    /// <exception cref="Outrider.Storage.StorageException">The file can't be used.</exception>
    public MetricStorage(string path, TimeProvider time)
    {
        _database = SqliteDatabase.Open(path, SqliteMetricBackend.Schema);
        Store = new MetricStore(new SqliteMetricBackend(_database), time);
    }

    public MetricStore Store { get; }

    public Task StartAsync(CancellationToken cancellationToken) => Store.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _database.DisposeAsync();
    }
}
