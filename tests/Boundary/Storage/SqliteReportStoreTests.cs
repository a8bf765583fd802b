using Outrider.Storage.Sqlite;
using Outrider.Tests.Boundary.Rest;

namespace Outrider.Tests.Boundary.Storage;

public sealed class SqliteReportStoreTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-reports-").FullName;
    private SqliteDatabase _database = null!;
    private SqliteReportStore _store = null!;

    public Task InitializeAsync()
    {
        Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Save_AfterReopening_GivesTheSameReportAndBundle()
    {
        var report = Reports.Some("r1", "prod-1");
        await _store.SaveAsync("acme", report, new byte[] { 1, 2, 0, 255 }, default);
        await _database.DisposeAsync();
        Open();

        Assert.Equivalent(report, await _store.ReadAsync("acme", "prod-1", "r1", default), strict: true);
        Assert.Equal([1, 2, 0, 255], await _store.ReadBundleAsync("acme", "prod-1", "r1", default));
    }

    [Theory]
    [InlineData("evil", "prod-1", "r1")]
    [InlineData("acme", "prod-2", "r1")]
    [InlineData("acme", "prod-1", "r2")]
    [InlineData("acme", "prod-1", "R1")]
    public async Task Read_AnotherTenantAgentOrId_IsNothing(string tenant, string agent, string id)
    {
        await _store.SaveAsync("acme", Reports.Some("r1", "prod-1"), new byte[1], default);

        Assert.Null(await _store.ReadAsync(tenant, agent, id, default));
        Assert.Null(await _store.ReadBundleAsync(tenant, agent, id, default));
    }

    [Fact]
    public async Task List_NewestFirst_ByPageAndExpert()
    {
        for (var i = 0; i < 6; i++)
            await _store.SaveAsync("acme", Reports.Some($"r{i}", "prod-1", Reports.At.AddMinutes(i), i % 2 == 0 ? "storage" : "other"), new byte[1], default);
        await _store.SaveAsync("evil", Reports.Some("x", "prod-1"), new byte[1], default);

        var first = await _store.ListAsync("acme", "prod-1", null, null, 4, default);
        Assert.Equal(["r5", "r4", "r3", "r2"], first.Select(report => report.Id));
        Assert.Equal(["r1", "r0"], (await _store.ListAsync("acme", "prod-1", null, first[^1].At, 4, default)).Select(report => report.Id));
        Assert.Equal(["r4", "r2", "r0"], (await _store.ListAsync("acme", "prod-1", "storage", null, 4, default)).Select(report => report.Id));
        Assert.Equal((70, "GOOD", "WARNING"), (first[0].Score, first[0].Level, first[0].Status));
    }

    [Fact]
    public async Task Save_OneMoreThanAreKept_RemovesTheOldestOfThatAgent()
    {
        await _store.SaveAsync("acme", Reports.Some("other", "prod-2"), new byte[1], default);
        await Task.WhenAll(Enumerable.Range(0, SqliteReportStore.KeptPerAgent + 1).Select(i =>
            _store.SaveAsync("acme", Reports.Some($"r{i}", "prod-1", Reports.At.AddSeconds(i)), new byte[1], default).AsTask()));

        Assert.Null(await _store.ReadAsync("acme", "prod-1", "r0", default));
        Assert.NotNull(await _store.ReadAsync("acme", "prod-1", "r1", default));
        Assert.Equal(SqliteReportStore.KeptPerAgent, (await _store.ListAsync("acme", "prod-1", null, null, 5000, default)).Count);
        Assert.NotNull(await _store.ReadAsync("acme", "prod-2", "other", default));
    }

    private void Open()
    {
        _database = SqliteDatabase.Open(Path.Combine(_folder, "test.db"), SqliteReportStore.Schema);
        _store = new SqliteReportStore(_database);
    }
}
