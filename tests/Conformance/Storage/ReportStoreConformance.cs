using System.Security.Cryptography;
using Outrider.Grains.Diagnosis;
using Outrider.Testing.Scenarios;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>What every store of reports must do, as tests. One is put under them by deriving from this class.</summary>
public abstract class ReportStoreConformance : IAsyncLifetime
{
    private IReportStore _store = null!;

    public async Task InitializeAsync() => _store = await OpenAsync();

    public abstract Task DisposeAsync();

    [Fact]
    public async Task Save_AfterReopening_GivesTheSameReportAndBundle()
    {
        var report = Reports.Some("r1", "prod-1");
        await _store.SaveAsync("acme", report, new byte[] { 1, 2, 0, 255 }, default);
        _store = await ReopenAsync();

        Assert.Equivalent(report, await _store.ReadAsync("acme", "prod-1", "r1", default), strict: true);
        Assert.Equal([1, 2, 0, 255], await _store.ReadBundleAsync("acme", "prod-1", "r1", default));
    }

    [Fact]
    public async Task Save_TheSameIdAgain_ReplacesIt()
    {
        await _store.SaveAsync("acme", Reports.Some("r1", "prod-1"), new byte[] { 1 }, default);
        var second = Reports.Some("r1", "prod-1", Reports.At.AddHours(1)) with { Score = null, Level = "UNKNOWN" };
        await _store.SaveAsync("acme", second, new byte[] { 2 }, default);

        var listed = Assert.Single(await _store.ListAsync("acme", "prod-1", null, null, 10, default));
        Assert.Equal((second.At, null, "UNKNOWN"), (listed.At, listed.Score, listed.Level));
        Assert.Equivalent(second, await _store.ReadAsync("acme", "prod-1", "r1", default), strict: true);
        Assert.Equal([2], await _store.ReadBundleAsync("acme", "prod-1", "r1", default));
    }

    [Fact]
    public async Task Save_SeveralMegabytes_GivesTheSameBytes()
    {
        var bundle = RandomNumberGenerator.GetBytes(5 << 20);
        var report = Reports.Some("r1", "prod-1") with { Summary = string.Concat(Enumerable.Repeat("磁盘🙂", 100_000)) };
        await _store.SaveAsync("acme", report, bundle, default);

        Assert.Equal(report.Summary, (await _store.ReadAsync("acme", "prod-1", "r1", default))!.Summary);
        Assert.Equal(report.Summary, Assert.Single(await _store.ListAsync("acme", "prod-1", null, null, 10, default)).Summary);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(bundle)),
            Convert.ToHexString(SHA256.HashData((await _store.ReadBundleAsync("acme", "prod-1", "r1", default))!)));
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
        await Task.WhenAll(Enumerable.Range(0, IReportStore.KeptPerAgent + 1).Select(i =>
            _store.SaveAsync("acme", Reports.Some($"r{i}", "prod-1", Reports.At.AddSeconds(i)), new byte[1], default).AsTask()));

        Assert.Null(await _store.ReadAsync("acme", "prod-1", "r0", default));
        Assert.NotNull(await _store.ReadAsync("acme", "prod-1", "r1", default));
        Assert.Equal(IReportStore.KeptPerAgent, (await _store.ListAsync("acme", "prod-1", null, null, 5000, default)).Count);
        Assert.NotNull(await _store.ReadAsync("acme", "prod-2", "other", default));
    }

    /// <summary>Opens the store, which has no reports.</summary>
    protected abstract Task<IReportStore> OpenAsync();

    /// <summary>Closes the store and opens it again on what it kept.</summary>
    protected abstract Task<IReportStore> ReopenAsync();
}
