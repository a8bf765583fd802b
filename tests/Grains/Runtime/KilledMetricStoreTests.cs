using Outrider.Storage.Sqlite;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Grains.Runtime;

public sealed class KilledMetricStoreTests : KilledMetricStoreConformance, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("outrider-test-");

    protected override string Database => Path.Combine(_folder.FullName, "metrics.db");

    public void Dispose() => _folder.Delete(recursive: true);

    protected override async Task<OpenedMetrics> OpenAsync()
    {
        var database = SqliteDatabase.Open(Database, SqliteMetricBackend.Schema);
        Assert.Equal("ok", await database.ReadAsync(session => session.QueryFirst("PRAGMA integrity_check", row => row.GetString(0))));
        return new OpenedMetrics(new SqliteMetricBackend(database), database);
    }
}
