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
        await Log.AppendAsync(Entry("x"), default);

        await Assert.ThrowsAnyAsync<Exception>(() => _database.WriteAsync(session => session.Execute(sql)));
        Assert.Single(await Log.ReadAsync("acme", null, 10, default));
    }

    protected override Task<IAuditLog> OpenAsync()
    {
        _database = SqliteDatabase.Open(Path.Combine(_folder, "test.db"), SqliteAuditLog.Schema);
        return Task.FromResult<IAuditLog>(new SqliteAuditLog(_database));
    }
}
