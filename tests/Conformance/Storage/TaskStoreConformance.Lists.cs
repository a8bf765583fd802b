using Outrider.Grains.Tasks;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Conformance.Storage;

public abstract partial class TaskStoreConformance
{
    [Fact]
    public async Task List_PageByPage_NewestFirstThenById_WithoutGapOrRepeat()
    {
        // Of each time seven, saved in no order, so that pages of five end in the midst of them.
        var ids = Enumerable.Range(0, 42).Select(i => $"{i * 17 % 42:00}").ToList();
        await AddAsync([.. ids.Select(id => Pending(id, At.AddTicks(int.Parse(id, null) / 7)))]);
        foreach (var id in ids)
            await Store.SaveFanoutAsync(Tenant, Fanout(id, At.AddTicks(int.Parse(id, null) / 7)), null, default);

        var expected = ids.OrderByDescending(id => int.Parse(id, null) / 7).ThenBy(id => id, StringComparer.Ordinal).ToList();
        Assert.Equal(expected, await PagesAsync(
            async after => (await Store.ListAsync(Tenant, new TaskQuery(Agent: "prod-1"), after, 5, default)).Select(task => (task.CreatedAt, task.Id))));
        Assert.Equal(expected, await PagesAsync(
            async after => (await Store.ListFanoutsAsync(Tenant, "pending", after, 5, default)).Select(fanout => (fanout.CreatedAt, fanout.Id))));
    }

    [Fact]
    public async Task List_EachFilter_GivesWhatMatches()
    {
        await AddAsync(
            Of("1", "prod-1", "sql", "k1", null), Of("2", "prod-2", "sql", "k1", "f") with { Status = TaskStatuses.Running },
            Of("3", "prod-1", "shell", "k2", "f") with { Status = TaskStatuses.Failed, FinishedAt = At },
            Of("4", "PROD-1", "sql", "K1", "F") with { Approval = new TaskApproval(ApprovalState.Waiting, "r", At) },
            Of("5", "磁盘", "sql", "k1", null) with { Approval = new TaskApproval(ApprovalState.Rejected, "r", At), Status = TaskStatuses.Canceled });

        Assert.Equal("5 4 3 2 1", await IdsAsync(new TaskQuery()));
        Assert.Equal("3 1", await IdsAsync(new TaskQuery(Agent: "prod-1")));
        Assert.Equal("5", await IdsAsync(new TaskQuery(Agent: "磁盘")));
        Assert.Equal("5 4 2 1", await IdsAsync(new TaskQuery(Type: "sql")));
        Assert.Equal("4 1", await IdsAsync(new TaskQuery(Status: TaskStatuses.Pending)));
        Assert.Equal("5 2 1", await IdsAsync(new TaskQuery(CreatedBy: "k1")));
        Assert.Equal("3 2", await IdsAsync(new TaskQuery(Fanout: "f")));
        Assert.Equal("4", await IdsAsync(new TaskQuery(AwaitingApproval: true)));
        Assert.Equal("5 4 3", await IdsAsync(new TaskQuery(From: At.AddMinutes(3))));
        Assert.Equal("2 1", await IdsAsync(new TaskQuery(To: At.AddMinutes(3))));
        Assert.Equal("2", await IdsAsync(new TaskQuery("prod-2", "sql", TaskStatuses.Running, "k1", "f", At, At.AddMinutes(3))));
        Assert.Equal("", await IdsAsync(new TaskQuery("prod-2", "shell")));
        Assert.Equal(
            ["2", "1"],
            (await Store.ListAsync(Tenant, new TaskQuery(To: At.AddMinutes(9)), new TaskCursor(At.AddMinutes(3), "3"), 10, default))
            .Select(task => task.Id));
    }

    [Fact]
    public async Task ListOpen_InTheOrderOfIds_WithoutThoseThatAreOver()
    {
        await AddAsync(
            Pending("c"), Pending("a"), Pending("B"), Pending("d") with { Status = TaskStatuses.Running }, Ended("e", At),
            Ended("f", At) with { Status = TaskStatuses.Lost, AwaitsAgent = true }, Pending("g") with { Request = Full("g").Request });

        Assert.Equal(["B", "a", "c"], await Store.ListOpenAsync(Tenant, "prod-1", null, 3, default));
        Assert.Equal(["d", "f"], await Store.ListOpenAsync(Tenant, "prod-1", "c", 3, default));
        Assert.Equal(["g"], await Store.ListOpenAsync(Tenant, "prod-2", null, 3, default));
    }

    [Fact]
    public async Task Count_OfAFanout_CountsEachStatus()
    {
        await AddAsync([
            .. Enumerable.Range(0, 300).Select(i => Of($"f-{i}", "prod-1", "sql", "k1", "f") with
            {
                Status = i % 3 == 0 ? TaskStatuses.Success : TaskStatuses.Running,
            }),
            Of("g-0", "prod-1", "sql", "k1", "g"), Of("n", "prod-1", "sql", "k1", null),
        ]);

        var counts = await Store.CountAsync(Tenant, "f", default);
        Assert.Equal([(TaskStatuses.Running, 200), (TaskStatuses.Success, 100)], counts.OrderBy(count => count.Key).Select(count => (count.Key, count.Value)));
        Assert.Empty(await Store.CountAsync(Tenant, "h", default));
    }

    [Fact]
    public async Task ListDue_OfAllTenants_TheLongestDueFirst()
    {
        await AddAsync(
            Pending("late") with { DueAt = At.AddSeconds(3) }, Pending("soon") with { DueAt = At.AddSeconds(1) },
            Pending("not yet") with { DueAt = At.AddSeconds(3).AddTicks(1) }, Pending("never") with { DueAt = null });
        await Store.AddAsync("other", [Pending("theirs") with { DueAt = At.AddSeconds(2) }], default);
        await Store.SaveFanoutAsync(Tenant, Fanout("first") with { DueAt = At }, null, default);
        await Store.SaveFanoutAsync(Tenant, Fanout("not yet") with { DueAt = At.AddMinutes(1) }, null, default);
        await Store.SaveFanoutAsync(Tenant, Fanout("over"), null, default);

        DueTask[] due = [new(Tenant, "first", true), new(Tenant, "soon", false), new("other", "theirs", false), new(Tenant, "late", false)];
        Assert.Equal(due, await Store.ListDueAsync(At.AddSeconds(3).ToOffset(TimeSpan.FromHours(8)), 10, default));
        Assert.Equal(due[..3], await Store.ListDueAsync(At.AddSeconds(3), 3, default));
        Assert.Empty(await Store.ListDueAsync(At.AddTicks(-1), 10, default));

        await Store.SaveAsync(Tenant, Pending("soon") with { Revision = 1, DueAt = null }, 0, default);
        Assert.Equal([due[0], .. due[2..]], await Store.ListDueAsync(At.AddSeconds(3), 10, default));
    }

    private static TaskRecord Of(string id, string agent, string type, string creator, string? fanout)
    {
        var pending = Pending(id, At.AddMinutes(int.TryParse(id, out var minutes) ? minutes : 0));
        return pending with { Request = pending.Request with { Agent = agent, Type = type, CreatedBy = creator, Fanout = fanout } };
    }

    private static async Task<List<string>> PagesAsync(Func<TaskCursor?, Task<IEnumerable<(DateTimeOffset At, string Id)>>> list)
    {
        var (read, after) = (new List<string>(), (TaskCursor?)null);
        while ((await list(after)).ToList() is { Count: > 0 and <= 5 } page)
        {
            read.AddRange(page.Select(one => one.Id));
            after = new TaskCursor(page[^1].At, page[^1].Id);
        }
        return read;
    }
}
