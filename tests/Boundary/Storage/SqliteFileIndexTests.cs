using Outrider.Grains.Files;
using Outrider.Storage.Sqlite;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

public sealed class SqliteFileIndexTests : FileIndexConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-files-").FullName;
    private SqliteDatabase _database = null!;

    public override async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override Task<IFileIndex> OpenAsync()
    {
        _database = SqliteDatabase.Open(Path.Combine(_folder, "test.db"), SqliteFileIndex.Schema);
        return Task.FromResult<IFileIndex>(new SqliteFileIndex(_database));
    }

    protected override async Task<IFileIndex> ReopenAsync()
    {
        await _database.DisposeAsync();
        return await OpenAsync();
    }
}
