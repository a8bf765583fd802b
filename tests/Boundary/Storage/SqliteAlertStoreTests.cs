using Outrider.Grains.Alerts;
using Outrider.Storage.Sqlite;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

public sealed class SqliteAlertStoreTests : AlertStoreConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-alerts-").FullName;
    private SqliteDatabase _database = null!;

    public override async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override Task<IAlertStore> OpenAsync()
    {
        _database = SqliteDatabase.Open(Path.Combine(_folder, "test.db"), SqliteAlertStore.Schema);
        return Task.FromResult<IAlertStore>(new SqliteAlertStore(_database));
    }

    protected override async Task<IAlertStore> ReopenAsync()
    {
        await _database.DisposeAsync();
        return await OpenAsync();
    }

    protected override Task BreakOutboxAsync() =>
        _database.WriteAsync(session => session.Execute("ALTER TABLE notification RENAME TO elsewhere"));
}
