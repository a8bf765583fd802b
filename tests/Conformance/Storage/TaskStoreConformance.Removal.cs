using Outrider.Grains.Tasks;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Conformance.Storage;

public abstract partial class TaskStoreConformance
{
    [Fact]
    public async Task Delete_RemovesATaskAndItsLogOnly()
    {
        await AddAsync(Pending("a"), Pending("b"));
        await Store.SaveLogAsync(Tenant, "a", 1, [Chunk(0, "a")], [], default);
        await Store.SaveLogAsync(Tenant, "b", 1, [Chunk(0, "b")], [], default);
        await Store.DeleteAsync(Tenant, "a", default);
        await Store.DeleteAsync(Tenant, "a", default);

        Assert.Equal("b", await IdsAsync(new TaskQuery()));
        Assert.Empty(await Store.ReadLogAsync(Tenant, "a", null, 10, default));
        Assert.Single(await Store.ReadLogAsync(Tenant, "b", null, 10, default));
    }

    [Fact]
    public async Task DeleteBefore_OfAllTenants_KeepsWhatIsOpenOrYoung()
    {
        var limit = At.AddDays(30);
        foreach (var tenant in new[] { Tenant, "other" })
        {
            await Store.AddAsync(
                tenant,
                [
                    Ended("old", limit.AddTicks(-1)), Ended("young", limit), Pending("open"), Ended("no end", At) with { FinishedAt = null },
                    Ended("lost", At) with { Status = TaskStatuses.Lost, AwaitsAgent = true },
                ],
                default);
            await Store.SaveLogAsync(tenant, "old", 1, [Chunk(0, "old")], [], default);
            await Store.SaveLogAsync(tenant, "young", 1, [Chunk(0, "young")], [], default);
            await Store.SaveFanoutAsync(tenant, Fanout("old") with { Status = "success", FinishedAt = limit.AddTicks(-1) }, null, default);
            await Store.SaveFanoutAsync(tenant, Fanout("young") with { Status = "failed", FinishedAt = limit }, null, default);
            await Store.SaveFanoutAsync(tenant, Fanout("open") with { Status = "running" }, null, default);
        }

        Assert.Equal(8, await Store.DeleteBeforeAsync(limit, 1_000, default));
        Assert.Equal(0, await Store.DeleteBeforeAsync(limit, 1_000, default));
        foreach (var tenant in new[] { Tenant, "other" })
        {
            Assert.Equal(["open", "young"], (await Store.ListAsync(tenant, new TaskQuery(), null, 10, default)).Select(task => task.Id));
            Assert.Equal(["open", "young"], (await Store.ListFanoutsAsync(tenant, null, null, 10, default)).Select(fanout => fanout.Id));
            Assert.Empty(await Store.ReadLogAsync(tenant, "old", null, 10, default));
            Assert.Single(await Store.ReadLogAsync(tenant, "young", null, 10, default));
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(250)]
    public async Task DeleteBefore_WithALimit_RemovesTheOldestOfEach(int limit)
    {
        await AddAsync([.. Enumerable.Range(0, 300).Select(i => Ended($"{i:000}", At.AddSeconds(i)))]);
        foreach (var i in Enumerable.Range(0, 10))
            await Store.SaveFanoutAsync(Tenant, Fanout($"{i}") with { Status = "success", FinishedAt = At.AddSeconds(i) }, null, default);

        var removed = await Store.DeleteBeforeAsync(At.AddDays(1), limit, default);
        var left = (await Store.ListAsync(Tenant, new TaskQuery(), null, 1_000, default)).Select(task => task.Id);
        Assert.Equal(Enumerable.Range(limit, 300 - limit).Select(i => $"{i:000}"), left);
        Assert.Equal(limit + Math.Min(limit, 10), removed);
        Assert.Equal(10 - Math.Min(limit, 10), (await Store.ListFanoutsAsync(Tenant, null, null, 100, default)).Count);
    }

    [Fact]
    public async Task DeleteTenant_RemovesAllOfItAndNothingElse()
    {
        await AddAsync([.. Enumerable.Range(0, 250).Select(i => Pending($"{i}"))]);
        await Store.SaveLogAsync(Tenant, "7", 1, [Chunk(0, "7")], [], default);
        await Store.SaveLogAsync(Tenant, "of no task", 1, [Chunk(0, "left over")], [], default);
        await Store.SaveFanoutAsync(Tenant, Fanout("f"), null, default);
        await Store.AddAsync("other", [Pending("7")], default);
        await Store.SaveLogAsync("other", "7", 1, [Chunk(0, "7")], [], default);
        await Store.DeleteTenantAsync(Tenant, default);

        Assert.Empty(await ListAsync(new TaskQuery()));
        Assert.Empty(await Store.ListFanoutsAsync(Tenant, null, null, 10, default));
        Assert.Empty(await Store.ReadLogAsync(Tenant, "7", null, 10, default));
        Assert.Empty(await Store.ReadLogAsync(Tenant, "of no task", null, 10, default));
        Assert.Single(await Store.ListAsync("other", new TaskQuery(), null, 10, default));
        Assert.Single(await Store.ReadLogAsync("other", "7", null, 10, default));
    }
}
