using Outrider.Storage.Sqlite;

namespace Outrider.Tests.Grains.Runtime;

/// <summary>A SQLite database in a folder of its own, deleted afterwards.</summary>
internal sealed class TemporaryDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("outrider-test-");

    public TemporaryDatabase() => Database = SqliteDatabase.Open(Path, SqliteStateStore.Schema, SqliteReminderStore.Schema);

    public SqliteDatabase Database { get; }

    public string Path => System.IO.Path.Combine(_folder.FullName, "state.db");

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
