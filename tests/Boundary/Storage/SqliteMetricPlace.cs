using Outrider.Storage.Metrics;
using Outrider.Storage.Sqlite;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

/// <summary>A SQLite file.</summary>
internal sealed class SqliteMetricPlace : MetricPlace
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-metrics-").FullName;
    private SqliteDatabase? _database;

    public override IMetricBackend Open()
    {
        _database ??= SqliteDatabase.Open(Path.Combine(_folder, "metrics.db"), SqliteMetricBackend.Schema);
        return new SqliteMetricBackend(_database);
    }

    public override async ValueTask CloseAsync(IMetricBackend backend)
    {
        if (_database is not null)
            await _database.DisposeAsync();
        _database = null;
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
