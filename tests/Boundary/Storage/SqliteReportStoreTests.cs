using Outrider.Grains.Diagnosis;
using Outrider.Storage.Sqlite;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

public sealed class SqliteReportStoreTests : ReportStoreConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-reports-").FullName;
    private SqliteDatabase _database = null!;

    public override async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override Task<IReportStore> OpenAsync()
    {
        _database = SqliteDatabase.Open(Path.Combine(_folder, "test.db"), SqliteReportStore.Schema);
        return Task.FromResult<IReportStore>(new SqliteReportStore(_database));
    }

    protected override async Task<IReportStore> ReopenAsync()
    {
        await _database.DisposeAsync();
        return await OpenAsync();
    }
}
