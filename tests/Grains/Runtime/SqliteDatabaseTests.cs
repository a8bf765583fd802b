using System.Globalization;
using Outrider.Storage;
using Outrider.Storage.Sqlite;

namespace Outrider.Tests.Grains.Runtime;

public sealed class SqliteDatabaseTests
{
    [Fact]
    public async Task Open_SettingsAreDurable()
    {
        await using var store = new TemporaryDatabase();

        Assert.Equal("wal", await store.Database.WriteAsync(s => s.QueryFirst("PRAGMA journal_mode", row => row.GetString(0))));
        Assert.Equal(2, await store.Database.WriteAsync(s => s.QueryFirst("PRAGMA synchronous", row => row.GetInt32(0))));
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedWithWhatToDo()
    {
        await using var store = new TemporaryDatabase();
        var newer = new SqliteSchema("state", [.. SqliteStateStore.Schema.Migrations, "CREATE TABLE later (a INTEGER) STRICT"]);
        await using (SqliteDatabase.Open(store.Path, newer))
        {
        }

        var refusal = Assert.Throws<StorageException>(() => SqliteDatabase.Open(store.Path, SqliteStateStore.Schema));

        Assert.Contains("have version 2", refusal.Message);
        Assert.Contains("newer version of the program", refusal.Message);
    }

    [Fact]
    public async Task Open_OlderSchema_RunsTheMissingMigrationsOnly()
    {
        await using var store = new TemporaryDatabase();
        var newer = new SqliteSchema("state", [.. SqliteStateStore.Schema.Migrations, "ALTER TABLE grain_state ADD COLUMN more TEXT"]);
        for (var i = 0; i < 2; i++)
        {
            await using var database = SqliteDatabase.Open(store.Path, newer);
            Assert.Empty(await database.ReadAsync(s => s.Query("SELECT more FROM grain_state", row => row.GetString(0))));
        }
    }

    [Fact]
    public async Task Open_MigrationFails_ChangesNothing()
    {
        await using var store = new TemporaryDatabase();
        var broken = new SqliteSchema("reports", ["CREATE TABLE report (id INTEGER) STRICT", "CREATE NONSENSE"]);

        Assert.Throws<StorageException>(() => SqliteDatabase.Open(store.Path, broken));

        await using var database = SqliteDatabase.Open(store.Path, new SqliteSchema("reports", ["CREATE TABLE report (id INTEGER) STRICT"]));
    }

    [Fact]
    public void Open_NoSuchFolder_SaysSo()
    {
        var path = Path.Combine(Path.GetTempPath(), $"outrider-{Guid.NewGuid():N}", "state.db");

        var failure = Assert.Throws<StorageException>(() => SqliteDatabase.Open(path, SqliteStateStore.Schema));

        Assert.Contains("folder exists", failure.Message);
    }

    [Fact]
    public async Task Open_NotADatabase_SaysSo()
    {
        await using var store = new TemporaryDatabase();
        var path = store.Path + ".txt";
        await File.WriteAllTextAsync(path, new string('x', 10_000));

        var failure = Assert.Throws<StorageException>(() => SqliteDatabase.Open(path, SqliteStateStore.Schema));

        Assert.Contains("no SQLite database", failure.Message);
    }

    [Fact]
    public async Task Write_OneOfABatchThrows_FailsAloneAndLeavesNothing()
    {
        await using var store = new TemporaryDatabase();
        using var started = new ManualResetEventSlim();
        // Holds the writer until all others are queued, so that they share one transaction.
        var first = store.Database.WriteAsync(s => { started.Wait(); return Insert(s, "first"); });
        var broken = store.Database.WriteAsync<int>(s =>
        {
            Insert(s, "broken");
            throw new InvalidOperationException("my own fault");
        });
        var duplicate = store.Database.WriteAsync(s => Insert(s, "first"));
        var last = store.Database.WriteAsync(s => Insert(s, "last"));
        started.Set();

        Assert.Equal(1, await first);
        Assert.Equal("my own fault", (await Assert.ThrowsAsync<InvalidOperationException>(() => broken)).Message);
        await Assert.ThrowsAnyAsync<Exception>(() => duplicate);
        Assert.Equal(1, await last);
        Assert.Equal(["first", "last"], await KeysAsync(store.Database));
    }

    [Fact]
    public async Task Write_DiskFull_FailsClearlyAndWorksAgainWhenThereIsRoom()
    {
        await using var store = new TemporaryDatabase();
        await store.Database.WriteAsync(s => Insert(s, "before"));
        await store.Database.WriteAsync(s => s.QueryFirst("PRAGMA max_page_count = 40", row => row.GetInt32(0)));

        var failures = new List<StorageException>();
        for (var i = 0; i < 100 && failures.Count < 3; i++)
        {
            var key = i.ToString(CultureInfo.InvariantCulture);
            try
            {
                await store.Database.WriteAsync(s => Insert(s, key, size: 20_000));
            }
            catch (StorageException e)
            {
                failures.Add(e);
            }
        }
        Assert.Equal(3, failures.Count);
        Assert.All(failures, failure => Assert.Contains("full", failure.Message));

        await store.Database.WriteAsync(s => s.QueryFirst("PRAGMA max_page_count = 100000", row => row.GetInt32(0)));
        await store.Database.WriteAsync(s => Insert(s, "after", size: 20_000));
        var keys = await KeysAsync(store.Database);
        Assert.Contains("before", keys);
        Assert.Contains("after", keys);
    }

    [Fact]
    public async Task Write_WriterIsBusy_ReadersDoNotWait()
    {
        await using var store = new TemporaryDatabase();
        await store.Database.WriteAsync(s => Insert(s, "a"));
        using var release = new ManualResetEventSlim();
        var held = store.Database.WriteAsync(s => { Insert(s, "b"); release.Wait(); return 0; });

        Assert.Equal(["a"], await KeysAsync(store.Database));
        release.Set();
        await held;
        Assert.Equal(["a", "b"], await KeysAsync(store.Database));
    }

    [Fact]
    public async Task Dispose_WritesQueued_CarriesThemOut()
    {
        await using var store = new TemporaryDatabase();
        var writes = Enumerable.Range(0, 500)
            .Select(i => store.Database.WriteAsync(s => Insert(s, i.ToString(CultureInfo.InvariantCulture)))).ToList();
        await store.Database.DisposeAsync();

        await Task.WhenAll(writes);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.Database.WriteAsync(s => Insert(s, "late")));
    }

    [Fact]
    public async Task StateStore_RemovedAndMadeAnew_RefusesTheOldEtag()
    {
        await using var store = new TemporaryDatabase();
        var states = new SqliteStateStore(store.Database);
        var old = await states.WriteAsync("g", "k", new byte[] { 1 }, null, default);
        Assert.True(await states.ClearAsync("g", "k", old, default));
        Assert.NotNull(await states.WriteAsync("g", "k", new byte[] { 2 }, null, default));

        Assert.Null(await states.WriteAsync("g", "k", new byte[] { 3 }, old, default));
        Assert.Null(await states.WriteAsync("g", "k", new byte[] { 3 }, null, default));
        Assert.Equal([2], (await states.ReadAsync("g", "k", default))!.State);
    }

    private static int Insert(SqliteSession session, string key, int size = 1) => session.Execute(
        "INSERT INTO grain_state (grain, key, etag, state) VALUES ('g', @1, 1, @2)", key, new byte[size]);

    private static Task<List<string>> KeysAsync(SqliteDatabase database) =>
        database.ReadAsync(s => s.Query("SELECT key FROM grain_state ORDER BY key", row => row.GetString(0)));
}
