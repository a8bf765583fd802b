using Outrider.Grains.Audit;
using Outrider.Storage.Sqlite;

namespace Outrider.Tests.Boundary.Storage;

public sealed class SqliteAuditLogTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_at = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-audit-").FullName;
    private SqliteDatabase _database = null!;
    private SqliteAuditLog _log = null!;

    public Task InitializeAsync()
    {
        _database = SqliteDatabase.Open(Path.Combine(_folder, "test.db"), SqliteAuditLog.Schema);
        _log = new SqliteAuditLog(_database);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Append_ThenRead_GivesItBackToItsTenantOnly()
    {
        var entry = Entry("SELECT 'ü'");
        await _log.AppendAsync(entry, default);

        Assert.Equal(entry, Assert.Single(await _log.ReadAsync("acme", null, 10, default)));
        Assert.Empty(await _log.ReadAsync("evil", null, 10, default));
        Assert.Empty(await _log.ReadAsync("", null, 10, default));
    }

    [Fact]
    public async Task Append_ManyAtTheSameTime_ReadPageByPageWithoutAGap()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _log.AppendAsync(Entry($"{i}"), default).AsTask()));
        var (details, before) = (new List<string?>(), (DateTimeOffset?)null);
        while (await _log.ReadAsync("acme", before, 7, default) is { Count: > 0 } page)
        {
            details.AddRange(page.Select(entry => entry.Detail));
            before = page[^1].At;
        }

        Assert.Equal(50, details.Distinct().Count());
        Assert.Equal(50, details.Count);
    }

    [Fact]
    public async Task Append_ClockSetBack_KeepsTheOrder()
    {
        await _log.AppendAsync(Entry("first"), default);
        await _log.AppendAsync(Entry("second") with { At = s_at.AddDays(-1) }, default);

        Assert.Equal(["second", "first"], (await _log.ReadAsync("acme", null, 10, default)).Select(entry => entry.Detail));
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'nobody'")]
    [InlineData("DELETE FROM audit")]
    public async Task Entry_CannotBeChangedOrRemoved(string sql)
    {
        await _log.AppendAsync(Entry("x"), default);

        await Assert.ThrowsAnyAsync<Exception>(() => _database.WriteAsync(session => session.Execute(sql)));
        Assert.Single(await _log.ReadAsync("acme", null, 10, default));
    }

    private static AuditEntry Entry(string detail) =>
        new() { At = s_at, Tenant = "acme", Actor = "k1", Action = "sql.run", Target = "prod-1", Outcome = "ok", Detail = detail };
}
