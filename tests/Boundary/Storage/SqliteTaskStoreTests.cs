using Outrider.Grains.Tasks;
using Outrider.Storage.Sqlite;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

public sealed class SqliteTaskStoreTests : TaskStoreConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-tasks-").FullName;
    private SqliteDatabase _database = null!;

    public override async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override Task<ITaskStore> OpenAsync()
    {
        _database = SqliteDatabase.Open(Path.Combine(_folder, "test.db"), SqliteTaskStore.Schema);
        return Task.FromResult<ITaskStore>(new SqliteTaskStore(_database));
    }

    protected override async Task<ITaskStore> ReopenAsync()
    {
        await _database.DisposeAsync();
        return await OpenAsync();
    }
}
