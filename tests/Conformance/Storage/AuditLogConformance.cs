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
        var entry = Entry("SELECT 'ü磁盘🙂'") with { Task = "t-1", Ip = "fe80::1%eth0", Ms = long.MaxValue };
        await Log.AppendAsync(entry, default);

        Assert.Equal(entry, Assert.Single(await Log.ReadAsync("acme", new AuditQuery(), null, 10, default)));
        Assert.Empty(await Log.ReadAsync("evil", new AuditQuery(), null, 10, default));
        Assert.Empty(await Log.ReadAsync("ACME", new AuditQuery(), null, 10, default));
        Assert.Empty(await Log.ReadAsync("", new AuditQuery(), null, 10, default));
    }

    [Fact]
    public async Task Append_WithoutDetail_HasNone()
    {
        await Log.AppendAsync(Entry(null), default);

        Assert.Null(Assert.Single(await Log.ReadAsync("acme", new AuditQuery(), null, 10, default)).Detail);
    }

    [Theory]
    [InlineData("half an emoji \ud83d")]
    [InlineData("nul \0 inside")]
    [InlineData("quotes ' \" ` \\ and @p1")]
    public async Task Append_AnyText_IsKeptAtLeastInPart(string detail)
    {
        await Log.AppendAsync(Entry(detail), default);

        Assert.StartsWith(detail[..4], Assert.Single(await Log.ReadAsync("acme", new AuditQuery(), null, 10, default)).Detail);
    }

    [Fact]
    public async Task Append_LongestDetail_IsKeptWhole()
    {
        var entry = Entry(string.Concat(Enumerable.Repeat("磁", 4096))) with { Target = new string('t', 10_000) };
        await Log.AppendAsync(entry, default);

        Assert.Equal(entry, Assert.Single(await Log.ReadAsync("acme", new AuditQuery(), null, 10, default)));
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

        Assert.Equal(["second", "first"], (await Log.ReadAsync("acme", new AuditQuery(), null, 10, default)).Select(entry => entry.Detail));
    }

    [Fact]
    public async Task Read_BeforeATime_GivesOlderOnesUpToTheLimit()
    {
        for (var i = 0; i < 5; i++)
            await Log.AppendAsync(Entry($"{i}") with { At = At.AddSeconds(i) }, default);

        foreach (var page in new[]
        {
            await Log.ReadAsync("acme", new AuditQuery(To: At.AddSeconds(3)), null, 2, default),
            await Log.ReadAsync("acme", new AuditQuery(), At.AddSeconds(3), 2, default),
            await Log.ReadAsync("acme", new AuditQuery(To: At.AddSeconds(4)), At.AddSeconds(3), 2, default),
            await Log.ReadAsync("acme", new AuditQuery(To: At.AddSeconds(3)), At.AddSeconds(4), 2, default),
        })
        {
            Assert.Equal(["2", "1"], page.Select(entry => entry.Detail));
        }
    }

    [Fact]
    public async Task Read_EachFilter_GivesWhatMatches()
    {
        AuditEntry[] entries =
        [
            Entry("0"), Entry("1") with { Actor = "K1", Action = "sql.RUN", Target = "PROD-1", Outcome = "OK" },
            Entry("2") with { Actor = "k2", Action = "task.create", Task = "t1" }, Entry("3") with { Action = "task.cancel", Task = "T1" },
            Entry("4") with { Action = "task%x", Target = "磁盘", Outcome = "policy_refused" }, Entry("5") with { Action = "磁盘🙂.set", Task = "t1" },
        ];
        for (var i = 0; i < entries.Length; i++)
            await Log.AppendAsync(entries[i] with { At = At.AddSeconds(i) }, default);

        await AssertReadAsync("5 4 3 2 1 0", new AuditQuery());
        await AssertReadAsync("2", new AuditQuery(Actor: "k2"));
        await AssertReadAsync("0", new AuditQuery(Action: "sql.run"));
        await AssertReadAsync("3 2", new AuditQuery(Action: "task.*"));
        await AssertReadAsync("4", new AuditQuery(Action: "task%*"));
        await AssertReadAsync("5", new AuditQuery(Action: "磁盘🙂*"));
        await AssertReadAsync("5 4 3 2 1 0", new AuditQuery(Action: "*"));
        await AssertReadAsync("", new AuditQuery(Action: "task"));
        await AssertReadAsync("4", new AuditQuery(Target: "磁盘"));
        await AssertReadAsync("4", new AuditQuery(Outcome: "policy_refused"));
        await AssertReadAsync("5 2", new AuditQuery(Task: "t1"));
        await AssertReadAsync("5 4", new AuditQuery(From: At.AddSeconds(4)));
        await AssertReadAsync("2", new AuditQuery("k2", "task.c*", "prod-1", "ok", "t1", At.AddSeconds(2), At.AddSeconds(3)));
    }

    [Fact]
    public async Task DeleteBefore_RemovesWhatIsOlder_OfAllTenants()
    {
        // Twice as old as a store may keep its hands on.
        var old = DateTimeOffset.UtcNow - (IAuditLog.Retention * 2);
        for (var i = 0; i < 1_500; i++)
            await Log.AppendAsync(Entry($"{i}") with { At = old.AddSeconds(i), Tenant = i % 2 == 0 ? "acme" : "other" }, default);

        Assert.Equal(1_400, await Log.DeleteBeforeAsync(old.AddSeconds(1_400), default));
        Assert.Equal(0, await Log.DeleteBeforeAsync(old.AddSeconds(1_400), default));
        Assert.Equal(50, (await Log.ReadAsync("acme", new AuditQuery(), null, 100, default)).Count);
        Assert.Equal("1401", (await Log.ReadAsync("other", new AuditQuery(), null, 100, default))[^1].Detail);
    }

    /// <summary>Opens the store, which has no entries.</summary>
    protected abstract Task<IAuditLog> OpenAsync();

    /// <summary>All entries of tenant acme, in small pages.</summary>
    protected async Task<List<AuditEntry>> ReadAllAsync(int pageLength = 7)
    {
        var (entries, after) = (new List<AuditEntry>(), (DateTimeOffset?)null);
        while (await Log.ReadAsync("acme", new AuditQuery(), after, pageLength, default) is { Count: > 0 } page)
        {
            entries.AddRange(page);
            after = page[^1].At;
        }
        return entries;
    }

    protected static AuditEntry Entry(string? detail) =>
        new() { At = At, Tenant = "acme", Actor = "k1", Action = "sql.run", Target = "prod-1", Outcome = "ok", Detail = detail };

    private async Task AssertReadAsync(string details, AuditQuery query) =>
        Assert.Equal(details, string.Join(' ', (await Log.ReadAsync("acme", query, null, 10, default)).Select(entry => entry.Detail)));
}
