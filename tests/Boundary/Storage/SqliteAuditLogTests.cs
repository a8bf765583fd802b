using Outrider.Grains.Audit;
using Outrider.Storage.Sqlite;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Storage;

public sealed class SqliteAuditLogTests : AuditLogConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-audit-").FullName;
    private SqliteDatabase _database = null!;

    public override async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'nobody'")]
    [InlineData("DELETE FROM audit")]
    public async Task Entry_CannotBeChangedOrRemoved(string sql)
    {
        await Log.AppendAsync(Entry("x") with { At = DateTimeOffset.UtcNow.AddDays(-363) }, default);

        await Assert.ThrowsAnyAsync<Exception>(() => _database.WriteAsync(session => session.Execute(sql)));
        Assert.Single(await Log.ReadAsync("acme", new AuditQuery(), null, 10, default));
    }

    [Fact]
    public async Task Migrate_FromThePreviousVersion_KeepsEntries()
    {
        var path = Path.Combine(_folder, "old.db");
        await using (var old = SqliteDatabase.Open(path, SqliteAuditLog.Schema with { Migrations = [SqliteAuditLog.Schema.Migrations[0]] }))
        {
            await old.WriteAsync(session => session.Execute(
                "INSERT INTO audit (tenant, at, actor, action, target, outcome) VALUES ('acme', @1, 'k1', 'sql.run', 'prod-1', 'ok')", At.UtcTicks));
        }
        await using var database = SqliteDatabase.Open(path, SqliteAuditLog.Schema);
        var log = new SqliteAuditLog(database);
        await log.AppendAsync(Entry("new") with { Task = "t", Ip = "::1", Ms = 0 }, default);

        Assert.Equal(
            [Entry("new") with { At = At.AddTicks(1), Task = "t", Ip = "::1", Ms = 0 }, Entry(null)],
            await log.ReadAsync("acme", new AuditQuery(), null, 10, default));
    }

    protected override Task<IAuditLog> OpenAsync()
    {
        _database = SqliteDatabase.Open(Path.Combine(_folder, "test.db"), SqliteAuditLog.Schema);
        return Task.FromResult<IAuditLog>(new SqliteAuditLog(_database));
    }
}
