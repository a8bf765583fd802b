using Outrider.Grains.Audit;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>What every audit store must do, as tests. One is put under them by deriving from this class.</summary>
public abstract class AuditLogConformance : IAsyncLifetime
{
    protected static DateTimeOffset At { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, empty at first.</summary>
    protected IAuditLog Log { get; private set; } = null!;

    public async Task InitializeAsync() => Log = await OpenAsync();

    public abstract Task DisposeAsync();

    [Fact]
    public async Task Append_ThenRead_GivesItBackToItsTenantOnly()
    {
        var entry = Entry("SELECT 'ü磁盘🙂'");
        await Log.AppendAsync(entry, default);

        Assert.Equal(entry, Assert.Single(await Log.ReadAsync("acme", null, 10, default)));
        Assert.Empty(await Log.ReadAsync("evil", null, 10, default));
        Assert.Empty(await Log.ReadAsync("ACME", null, 10, default));
        Assert.Empty(await Log.ReadAsync("", null, 10, default));
    }

    [Fact]
    public async Task Append_WithoutDetail_HasNone()
    {
        await Log.AppendAsync(Entry(null), default);

        Assert.Null(Assert.Single(await Log.ReadAsync("acme", null, 10, default)).Detail);
    }

    [Theory]
    [InlineData("half an emoji \ud83d")]
    [InlineData("nul \0 inside")]
    [InlineData("quotes ' \" ` \\ and @p1")]
    public async Task Append_AnyText_IsKeptAtLeastInPart(string detail)
    {
        await Log.AppendAsync(Entry(detail), default);

        Assert.StartsWith(detail[..4], Assert.Single(await Log.ReadAsync("acme", null, 10, default)).Detail);
    }

    [Fact]
    public async Task Append_LongestDetail_IsKeptWhole()
    {
        var entry = Entry(string.Concat(Enumerable.Repeat("磁", 4096))) with { Target = new string('t', 10_000) };
        await Log.AppendAsync(entry, default);

        Assert.Equal(entry, Assert.Single(await Log.ReadAsync("acme", null, 10, default)));
    }

    [Fact]
    public async Task Append_ManyAtTheSameTime_ReadPageByPageWithoutAGap()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Log.AppendAsync(Entry($"{i}"), default).AsTask()));
        var details = (await ReadAllAsync()).Select(entry => entry.Detail).ToList();

        Assert.Equal(50, details.Distinct().Count());
        Assert.Equal(50, details.Count);
    }

    [Fact]
    public async Task Append_ClockSetBack_KeepsTheOrder()
    {
        await Log.AppendAsync(Entry("first"), default);
        await Log.AppendAsync(Entry("second") with { At = At.AddDays(-1) }, default);

        Assert.Equal(["second", "first"], (await Log.ReadAsync("acme", null, 10, default)).Select(entry => entry.Detail));
    }

    [Fact]
    public async Task Read_BeforeATime_GivesOlderOnesUpToTheLimit()
    {
        for (var i = 0; i < 5; i++)
            await Log.AppendAsync(Entry($"{i}") with { At = At.AddSeconds(i) }, default);

        var page = await Log.ReadAsync("acme", At.AddSeconds(3), 2, default);
        Assert.Equal(["2", "1"], page.Select(entry => entry.Detail));
    }

    /// <summary>Opens the store, which has no entries.</summary>
    protected abstract Task<IAuditLog> OpenAsync();

    /// <summary>All entries of tenant acme, in small pages.</summary>
    protected async Task<List<AuditEntry>> ReadAllAsync(int pageLength = 7)
    {
        var (entries, before) = (new List<AuditEntry>(), (DateTimeOffset?)null);
        while (await Log.ReadAsync("acme", before, pageLength, default) is { Count: > 0 } page)
        {
            entries.AddRange(page);
            before = page[^1].At;
        }
        return entries;
    }

    protected static AuditEntry Entry(string? detail) =>
        new() { At = At, Tenant = "acme", Actor = "k1", Action = "sql.run", Target = "prod-1", Outcome = "ok", Detail = detail };
}
