using Outrider.Storage;
using Outrider.Storage.Shared;
using Outrider.Testing.MySql;

namespace Outrider.Tests.Conformance.Storage;

/// <summary><see cref="SharedMigrator"/> on a server.</summary>
public abstract class SharedMigratorConformance(ISharedServer server) : IAsyncLifetime
{
    private SharedPlace _place = null!;

    private SchemaPart[] All => [SharedAuditLog.Schema(server.Dialect), SharedReportStore.Schema(server.Dialect)];

    public async Task InitializeAsync() => _place = await SharedPlace.CreateAsync(server);

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Migrate_EmptyDatabase_AppliesEachPartOnce()
    {
        Assert.Equal(["audit 1", "audit 2", "reports 1"], await Migrator(All).MigrateAsync(default));
        Assert.Empty(await Migrator(All).MigrateAsync(default));
        await Migrator(All).CheckAsync(default);
    }

    [Fact]
    public async Task Migrate_SeveralAtOnce_OneDoesTheWork()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrator(All).MigrateAsync(default)));

        Assert.Equal(["audit 1", "audit 2", "reports 1"], applied.SelectMany(parts => parts));
        await Migrator(All).CheckAsync(default);
    }

    [Fact]
    public async Task Check_NoTablesOrOldOnes_SaysWhatToRun()
    {
        var missing = await Assert.ThrowsAsync<StorageException>(() => Migrator(All).CheckAsync(default));
        await Migrator(All[0]).MigrateAsync(default);
        var old = await Assert.ThrowsAsync<StorageException>(() => Migrator(All).CheckAsync(default));

        Assert.Contains("'audit'", missing.Message);
        Assert.Contains("'reports'", old.Message);
        Assert.All([missing, old], error => Assert.Contains("Run: outrider-silo migrate", error.Message));
    }

    [Fact]
    public async Task MigrateAndCheck_NewerTables_AreRefused()
    {
        await Migrator(new SchemaPart("x", ["CREATE TABLE x1 (a INT PRIMARY KEY)", "CREATE TABLE x2 (a INT PRIMARY KEY)"])).MigrateAsync(default);
        var older = Migrator(new SchemaPart("x", ["CREATE TABLE x1 (a INT PRIMARY KEY)"]));

        foreach (var work in new Func<Task>[] { () => older.MigrateAsync(default), () => older.CheckAsync(default) })
            Assert.Contains("version 2", (await Assert.ThrowsAsync<StorageException>(work)).Message);
    }

    [Fact]
    public async Task Migrate_ScriptWithAFault_NamesItAndGoesOnThereWhenItIsMended()
    {
        const string First = "CREATE TABLE x1 (a INT PRIMARY KEY);\n";
        var error = await Assert.ThrowsAsync<StorageException>(
            () => Migrator(new SchemaPart("x", [First + "CREATE TABLE x2 (a NONSENSE)"])).MigrateAsync(default));
        Assert.Contains("Version 1 of the tables 'x'", error.Message);

        var mended = Migrator(new SchemaPart("x", [First + "CREATE TABLE x2 (a INT PRIMARY KEY)"]));
        Assert.Equal(["x 1"], await mended.MigrateAsync(default));
        await mended.CheckAsync(default);
    }

    [Fact]
    public async Task Migrate_CancelledInTheMiddle_LetsTheNextOneIn()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var database = _place.Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SharedMigrator(database, All).MigrateAsync(cancelled.Token));

        Assert.Equal(3, (await Migrator(All).MigrateAsync(default)).Count);
    }

    [Fact]
    public async Task Migrate_ConnectionLostAnywhere_GoesOnWhereItWas()
    {
        // Each round loses the connection a little later than the one before, until the migration gets through.
        var lost = 0;
        for (var finished = false; !finished; lost++)
        {
            await using var proxy = FaultyProxy.Start(server.Port, FaultyProxy.Fault.Cut);
            await using var place = await SharedPlace.CreateAsync(server);
            var database = place.Open(proxy: proxy);
            await database.RunAsync(session => session.QueryFirstAsync("SELECT 1", row => row.GetInt32(0)), default);
            proxy.Arm(1 + (lost * 40));
            try
            {
                await new SharedMigrator(database, All).MigrateAsync(default);
                finished = !proxy.Faulted.IsCompleted;
            }
            catch (StorageException)
            {
                var migrator = new SharedMigrator(place.Open(), All);
                await migrator.MigrateAsync(default);
                await migrator.CheckAsync(default);
            }
        }
        Assert.True(lost > 10, $"It was lost {lost} times only.");
    }

    [Fact]
    public async Task Migrate_RoutineWithStatementsInside_IsMadeWhole()
    {
        var part = new SchemaPart("routine", [server.Dialect.Name == "mysql" ? MySqlRoutine : PostgresRoutine]);
        await Migrator(part).MigrateAsync(default);

        var values = await _place.Open().RunAsync(async session =>
        {
            await session.ExecuteAsync("CALL add_two(@p1)", 5);
            return await session.QueryAsync("SELECT a FROM numbers ORDER BY a", row => row.GetInt32(0));
        }, default);
        Assert.Equal([5, 6], values);
    }

    private SharedMigrator Migrator(params SchemaPart[] parts) => new(_place.Open(), parts);

    private const string MySqlRoutine = """
        -- It's a comment; with a quote and a delimiter.
        CREATE TABLE numbers (a INT PRIMARY KEY);
        DELIMITER $$
        CREATE PROCEDURE add_two(IN _first INT)
        BEGIN
          INSERT INTO numbers VALUES (_first);
          INSERT INTO numbers VALUES (_first + 1);
        END$$
        DELIMITER ;
        """;

    private const string PostgresRoutine = """
        -- It's a comment; with a quote and a delimiter.
        CREATE TABLE numbers (a INT PRIMARY KEY);
        CREATE PROCEDURE add_two(_first INT) LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO numbers VALUES (_first);
          INSERT INTO numbers VALUES (_first + 1);
        END
        $$;
        """;
}
