using Outrider.Grains.Tasks;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing;
using static Outrider.Tests.Grains.Tasks.TaskWorld;

namespace Outrider.Tests.Grains.Tasks;

public sealed class FanoutTests : IAsyncLifetime
{
    private TaskWorld _world = null!;

    public async Task InitializeAsync() => _world = await StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Create_AllAtOnce_EachAgentGetsItsTaskAndTheEndIsTold()
    {
        var links = await LinkAsync(3);
        var created = (await _world.Fanout("f").CreateAsync(Request(), Names(3))).Value!;
        Assert.Equal(3, created.Begun);
        for (var n = 0; n < 3; n++)
        {
            var task = (await links[n].NextAsync()).Create!.TaskId;
            Assert.Equal($"f-{n}", task);
            await EndAsync(n, TaskStatuses.Success);
        }
        var ended = await UntilAsync(fanout => !fanout.IsOpen);
        Assert.Equal((TaskStatuses.Success, 3), (ended.Status, ended.Counts[TaskStatuses.Success]));
    }

    [Fact]
    public async Task Batches_NextBeginsWhenTheLastIsDoneAndTheFailuresAreFewEnough()
    {
        var links = await LinkAsync(5);
        await _world.Fanout("f").CreateAsync(Request() with { BatchSize = 2, MaxFailureRatio = 0.5 }, Names(5));
        await EndAsync(0, TaskStatuses.Success);
        Assert.Equal(2, (await UntilAsync(fanout => fanout.Counts.GetValueOrDefault(TaskStatuses.Success) == 1)).Begun);
        Assert.True(links[2].IsQuiet);

        await EndAsync(1, TaskStatuses.Failed);
        await UntilAsync(fanout => fanout.Begun == 4);
        Assert.Equal("f-2", (await links[2].NextAsync()).Create!.TaskId);
        await EndAsync(2, TaskStatuses.Failed);
        await EndAsync(3, TaskStatuses.Failed);
        var stopped = await UntilAsync(fanout => !fanout.IsOpen);
        Assert.Equal((TaskStatuses.Failed, 4), (stopped.Status, stopped.Begun));
        Assert.Contains("1 agents were left alone", stopped.Problem!.Message, StringComparison.Ordinal);
        Assert.True(links[4].IsQuiet);
    }

    [Fact]
    public async Task Pause_BetweenBatches_IsKept()
    {
        var links = await LinkAsync(2);
        await _world.Fanout("f").CreateAsync(Request() with { BatchSize = 1, PauseSeconds = 60 }, Names(2));
        await EndAsync(0, TaskStatuses.Success);
        await UntilAsync(fanout => fanout.NextBatchAt is not null);
        Assert.True(links[1].IsQuiet);
        _world.Time.Advance(TimeSpan.FromSeconds(60));
        await _world.SweepAsync();
        Assert.NotNull((await links[1].NextAsync()).Create);
    }

    [Fact]
    public async Task Cancel_RunningTasksAreCanceledAndNoFurtherBegin()
    {
        var links = await LinkAsync(3);
        await _world.Fanout("f").CreateAsync(Request() with { BatchSize = 1 }, Names(3));
        Assert.NotNull((await links[0].NextAsync()).Create);
        Assert.Equal("canceled", (await _world.Fanout("f").CancelAsync("key-2")).Value!.Status);
        Assert.NotNull((await links[0].NextAsync()).Cancel);
        await EndAsync(0, TaskStatuses.Canceled);
        Assert.True(links[1].IsQuiet);
        Assert.Equal(ProblemCodes.Conflict, (await _world.Fanout("f").DecideAsync(true, "key-2", null)).Problem?.Code);
    }

    [Fact]
    public async Task Crash_InTheMiddle_GoesOnAndNoTaskIsMadeTwice()
    {
        await LinkAsync(4);
        await _world.Fanout("f").CreateAsync(Request() with { BatchSize = 2 }, Names(4));
        await EndAsync(0, TaskStatuses.Success);
        await EndAsync(1, TaskStatuses.Success);
        await _world.Host.CrashAsync();
        await LinkAsync(4);
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await _world.SweepAsync();
        await UntilAsync(fanout => fanout.Begun == 4);
        await EndAsync(2, TaskStatuses.Success);
        await EndAsync(3, TaskStatuses.Success);
        await UntilAsync(fanout => fanout.Status == TaskStatuses.Success);
        var tasks = await _world.Store.ListAsync(Tenant, new TaskQuery(Fanout: "f"), null, 100, CancellationToken.None);
        Assert.Equal(4, tasks.Count);
    }

    [Fact]
    public async Task Approval_OfTheWhole_LetsAllBegin()
    {
        await _world.Settings.SetAsync(new TaskSettingsState { Approvals = [new ApprovalRule("many", MinAgents: 2)] }, null);
        var links = await LinkAsync(2);
        Assert.Equal("pending", (await _world.Fanout("f").CreateAsync(Request(), Names(2))).Value!.Status);
        Assert.True(links[0].IsQuiet);
        Assert.Equal(ProblemCodes.Forbidden, (await _world.Fanout("f").DecideAsync(true, "key-1", null)).Problem?.Code);
        await _world.Fanout("f").DecideAsync(true, "key-2", null);
        Assert.NotNull((await links[0].NextAsync()).Create);
        Assert.NotNull((await links[1].NextAsync()).Create);
    }

    private static FanoutRequest Request() => new() { Task = TaskWorld.Request("") };

    private static List<string> Names(int count) => [.. Enumerable.Range(0, count).Select(n => $"a{n}")];

    private async Task<List<LinkedOne>> LinkAsync(int count)
    {
        var links = new List<LinkedOne>();
        foreach (var name in Names(count))
            links.Add(await _world.LinkAsync(name));
        return links;
    }

    private async Task EndAsync(int place, string status)
    {
        var id = $"f-{place}";
        await _world.UntilAsync(id, task => task.SentAt is not null);
        Assert.True((await _world.Task(id).CompleteAsync($"a{place}", End(id, status))).Ok);
    }

    /// <summary>Waits until the fan-out is so, letting the clock pass what it waits before it counts.</summary>
    private async Task<FanoutRecord> UntilAsync(Func<FanoutRecord, bool> isSo)
    {
        using var limit = new CancellationTokenSource(TestTimeouts.Default);
        while (true)
        {
            if (await _world.Fanout("f").GetAsync() is { Ok: true, Value: var fanout } && isSo(fanout))
                return fanout;
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
