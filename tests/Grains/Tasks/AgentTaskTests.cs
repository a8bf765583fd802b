using Outrider.Grains.Tasks.Lifecycle;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using static Outrider.Tests.Grains.Tasks.TaskWorld;

namespace Outrider.Tests.Grains.Tasks;

public sealed class AgentTaskTests : IAsyncLifetime
{
    private TaskWorld _world = null!;

    public async Task InitializeAsync() => _world = await StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Create_AgentOnline_IsSentReportedAndEnded()
    {
        var link = await _world.LinkAsync("a");
        var created = (await _world.Task("t1").CreateAsync(Request("a"))).Value!;
        Assert.Equal(TaskStatuses.Pending, created.Status);
        var sent = (await link.NextAsync()).Create!;
        Assert.Equal(("t1", 1, "true"), (sent.TaskId, sent.Attempt, sent.Command));

        Assert.True((await _world.Task("t1").ReportAsync("a", new TaskReport("t1", 1, TaskStatuses.Running))).Ok);
        Assert.Equal(TaskStatuses.Running, (await _world.Task("t1").GetAsync()).Value!.Status);
        Assert.True((await _world.Task("t1").CompleteAsync("a", End("t1"))).Ok);

        var ended = await _world.Store.ReadAsync(Tenant, "t1", CancellationToken.None);
        Assert.Equal((TaskStatuses.Success, 0, false), (ended!.Status, ended.ExitCode, ended.IsOpen));
        Assert.Null(ended.DueAt);
    }

    [Fact]
    public async Task Create_Twice_IsSentOnce()
    {
        var link = await _world.LinkAsync("a");
        var first = (await _world.Task("t1").CreateAsync(Request("a"))).Value!;
        var second = (await _world.Task("t1").CreateAsync(Request("a", "something else"))).Value!;
        Assert.Equal(first.Request.Command, second.Request.Command);
        await link.NextAsync();
        Assert.True(link.IsQuiet);
    }

    [Fact]
    public async Task Create_StoreAway_IsNotThereUntilItIsSaved()
    {
        var link = await _world.LinkAsync("a");
        _world.Store.BeforeWrite = () => throw new TimeoutException("The store is away.");
        await Assert.ThrowsAsync<TimeoutException>(() => _world.Task("t1").CreateAsync(Request("a")));
        Assert.Equal(ProblemCodes.TaskNotFound, (await _world.Task("t1").GetAsync()).Problem?.Code);
        Assert.True(link.IsQuiet);

        _world.Store.BeforeWrite = null;
        Assert.True((await _world.Task("t1").CreateAsync(Request("a"))).Ok);
        Assert.NotNull(await _world.Store.ReadAsync(Tenant, "t1", CancellationToken.None));
        Assert.Equal("t1", (await link.NextAsync()).Create!.TaskId);
    }

    [Fact]
    public async Task Delete_StoreAway_IsThereUntilItIsGone()
    {
        await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a"));
        await _world.Task("t1").CompleteAsync("a", End("t1"));
        _world.Store.BeforeWrite = () => throw new TimeoutException("The store is away.");
        await Assert.ThrowsAsync<TimeoutException>(() => _world.Task("t1").DeleteAsync("k", force: false));

        _world.Store.BeforeWrite = null;
        Assert.True((await _world.Task("t1").DeleteAsync("k", force: false)).Ok);
        Assert.Null(await _world.Store.ReadAsync(Tenant, "t1", CancellationToken.None));
    }

    [Fact]
    public async Task Create_AgentOfflineAndNoWait_IsRefusedAndForgotten()
    {
        var link = await _world.LinkAsync("a");
        await _world.UnlinkAsync("a", link);
        var created = await _world.Task("t1").CreateAsync(Request("a") with { WaitSeconds = 0 });
        Assert.Equal(ProblemCodes.AgentOffline, created.Problem?.Code);
        Assert.Equal(ProblemCodes.TaskNotFound, (await _world.Task("t1").GetAsync()).Problem?.Code);
    }

    [Theory]
    [InlineData("nobody", "shell", null, ProblemCodes.AgentNotFound)]
    [InlineData("a", "postgres", null, ProblemCodes.AgentLacksCapability)]
    [InlineData("a", "shell", "unknown", ProblemCodes.FileNotFound)]
    public async Task Create_WhatCantBe_IsRefused(string agent, string type, string? file, string code)
    {
        await _world.LinkAsync("a");
        var created = await _world.Task("t1").CreateAsync(Request(agent) with { Type = type, FileId = file });
        Assert.Equal(code, created.Problem?.Code);
        Assert.Null(await _world.Store.ReadAsync(Tenant, "t1", CancellationToken.None));
    }

    [Fact]
    public async Task Reconcile_AgentReturnsWithinTheWait_TheTaskIsSent()
    {
        await _world.UnlinkAsync("a", await _world.LinkAsync("a"));
        Assert.True((await _world.Task("t1").CreateAsync(Request("a"))).Ok);
        var link = await _world.LinkAsync("a");
        await _world.TasksOf("a").ReconcileAsync([], link.Reference);
        Assert.Equal("t1", (await link.NextAsync()).Create!.TaskId);
    }

    [Fact]
    public async Task Wait_RunsOut_TheTaskFailsNeverSent()
    {
        await _world.UnlinkAsync("a", await _world.LinkAsync("a"));
        await _world.Task("t1").CreateAsync(Request("a") with { WaitSeconds = 60 });
        _world.Time.Advance(TimeSpan.FromSeconds(61));
        await _world.SweepAsync();
        var task = (await _world.Task("t1").GetAsync()).Value!;
        Assert.Equal((TaskStatuses.Failed, ProblemCodes.AgentOffline), (task.Status, task.Problem?.Code));
    }

    [Fact]
    public async Task AgentAway_TaskIsLostAndReconciledWhenItReturns()
    {
        var first = await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a") with { TimeoutSeconds = 86_400 });
        await _world.Task("t1").ReportAsync("a", new TaskReport("t1", 1, TaskStatuses.Running));
        await _world.UnlinkAsync("a", first);
        _world.Time.Advance(TaskLifecycle.LostAfter + TimeSpan.FromMinutes(1));
        await _world.SweepAsync();
        var lost = (await _world.Task("t1").GetAsync()).Value!;
        Assert.Equal((TaskStatuses.Lost, true), (lost.Status, lost.AwaitsAgent));

        var second = await _world.LinkAsync("a");
        await _world.TasksOf("a").ReconcileAsync([new TaskReport("t1", 1, TaskReport.Ended)], second.Reference);
        Assert.Equal(0u, (await second.NextAsync()).Log!.Next);
        Assert.True((await _world.Task("t1").CompleteAsync("a", End("t1"))).Ok);
        Assert.Equal(TaskStatuses.Success, (await _world.Task("t1").GetAsync()).Value!.Status);
    }

    [Fact]
    public async Task AgentReturnsWithoutIt_TaskIsLostForGood()
    {
        await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a"));
        await _world.Task("t1").ReportAsync("a", new TaskReport("t1", 1, TaskStatuses.Running));
        var second = await _world.LinkAsync("a");
        await _world.TasksOf("a").ReconcileAsync([], second.Reference);
        var lost = await _world.UntilAsync("t1", task => task.HasEnded);
        Assert.Equal((TaskStatuses.Lost, false, ProblemCodes.TaskLost), (lost.Status, lost.AwaitsAgent, lost.Problem?.Code));
    }

    /// <summary>What an agent told when its link began says nothing of what was sent over that link afterwards.</summary>
    [Fact]
    public async Task Reconcile_OlderThanWhatWasSent_LosesNothing()
    {
        var link = await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a"));
        await _world.Task("t1").ReportAsync("a", new TaskReport("t1", 1, TaskStatuses.Running));
        await _world.Task("t1").ReconcileAsync("a", null, link.Reference);
        Assert.Equal(TaskStatuses.Running, (await _world.Task("t1").GetAsync()).Value!.Status);
    }

    [Fact]
    public async Task Reconcile_TaskThatIsOver_AgentIsToldToForgetIt()
    {
        var link = await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a"));
        await _world.Task("t1").CompleteAsync("a", End("t1"));
        await link.NextAsync();
        await _world.TasksOf("a").ReconcileAsync([new TaskReport("t1", 1, TaskStatuses.Running), new TaskReport("other", 2, TaskStatuses.Running)], link.Reference);
        var acks = new[] { (await link.NextAsync()).Ack!, (await link.NextAsync()).Ack! };
        Assert.Equal([new TaskAck("other", 2), new TaskAck("t1", 1)], acks.OrderBy(ack => ack.TaskId));
    }

    [Fact]
    public async Task AnotherAgent_ClaimsTheTask_IsNotBelieved()
    {
        await _world.LinkAsync("a");
        await _world.LinkAsync("b");
        await _world.Task("t1").CreateAsync(Request("a"));
        Assert.False((await _world.Task("t1").ReportAsync("b", new TaskReport("t1", 1, TaskStatuses.Running))).Ok);
        Assert.False((await _world.Task("t1").CompleteAsync("b", End("t1"))).Ok);
        Assert.False((await _world.Task("t1").TakeLogAsync("b", 1, [])).Ok);
        Assert.Equal(TaskStatuses.Pending, (await _world.Task("t1").GetAsync()).Value!.Status);
    }

    [Fact]
    public async Task Cancel_Running_AgentIsToldAndEndsIt()
    {
        var link = await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a"));
        await _world.Task("t1").ReportAsync("a", new TaskReport("t1", 1, TaskStatuses.Running));
        await link.NextAsync();
        Assert.Equal(TaskStatuses.Running, (await _world.Task("t1").CancelAsync("key-2")).Value!.Status);
        Assert.Equal("t1", (await link.NextAsync()).Cancel!.TaskId);
        await _world.Task("t1").CompleteAsync("a", End("t1", TaskStatuses.Canceled));
        var task = (await _world.Task("t1").GetAsync()).Value!;
        Assert.Equal((TaskStatuses.Canceled, "key-2"), (task.Status, task.CanceledBy));
        Assert.True((await _world.Task("t1").CancelAsync("key-2")).Ok);
    }

    [Fact]
    public async Task Cancel_NeverSent_IsCanceledAtOnce()
    {
        await _world.UnlinkAsync("a", await _world.LinkAsync("a"));
        await _world.Task("t1").CreateAsync(Request("a"));
        Assert.Equal(TaskStatuses.Canceled, (await _world.Task("t1").CancelAsync("key-2")).Value!.Status);
        var link = await _world.LinkAsync("a");
        await _world.TasksOf("a").ReconcileAsync([], link.Reference);
        await _world.Task("t1").WakeAsync();
        Assert.True(link.IsQuiet);
    }

    [Fact]
    public async Task Cancel_WhileTheAgentIsAway_IsToldWhenItReturns()
    {
        var first = await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a"));
        await _world.Task("t1").ReportAsync("a", new TaskReport("t1", 1, TaskStatuses.Running));
        await _world.UnlinkAsync("a", first);
        await _world.Task("t1").CancelAsync("key-2");
        var second = await _world.LinkAsync("a");
        await _world.TasksOf("a").ReconcileAsync([new TaskReport("t1", 1, TaskStatuses.Running)], second.Reference);
        Assert.NotNull((await second.NextAsync()).Log);
        Assert.Equal("t1", (await second.NextAsync()).Cancel!.TaskId);
    }

    [Fact]
    public async Task Cancel_Over_IsConflict()
    {
        await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a"));
        await _world.Task("t1").CompleteAsync("a", End("t1"));
        Assert.Equal(ProblemCodes.Conflict, (await _world.Task("t1").CancelAsync("key-2")).Problem?.Code);
    }

    [Fact]
    public async Task Failed_MayRepeat_IsTriedAgainAfterItsPauseAndNoOftener()
    {
        var link = await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a") with { Retries = 1, RetrySeconds = 60, Idempotent = true });
        await link.NextAsync();
        await _world.Task("t1").CompleteAsync("a", End("t1", TaskStatuses.Failed));
        var waiting = (await _world.Task("t1").GetAsync()).Value!;
        Assert.Equal((TaskStatuses.Pending, 2), (waiting.Status, waiting.Attempt));
        await _world.SweepAsync();
        Assert.True(link.IsQuiet);

        _world.Time.Advance(TimeSpan.FromSeconds(60));
        await _world.SweepAsync();
        Assert.Equal(2, (await link.NextAsync()).Create!.Attempt);
        // The end of the first attempt, once more, says nothing of the second.
        Assert.False((await _world.Task("t1").CompleteAsync("a", End("t1"))).Ok);
        await _world.Task("t1").CompleteAsync("a", End("t1", TaskStatuses.Failed, attempt: 2));
        Assert.Equal(TaskStatuses.Failed, (await _world.Task("t1").GetAsync()).Value!.Status);
    }

    [Theory]
    [InlineData(ProblemCodes.PolicyRefused)]
    [InlineData(ProblemCodes.InvalidArgument)]
    public async Task Failed_ForWhatStaysSo_IsNotTriedAgain(string code)
    {
        await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a") with { Retries = 3, Idempotent = true });
        await _world.Task("t1").CompleteAsync("a", End("t1", TaskStatuses.Failed, problem: new Problem(code, "No.")));
        Assert.Equal(TaskStatuses.Failed, (await _world.Task("t1").GetAsync()).Value!.Status);
    }

    [Fact]
    public async Task Unanswered_IsSentAgain()
    {
        var link = await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a"));
        await link.NextAsync();
        _world.Time.Advance(TaskLifecycle.SendAgainAfter);
        await _world.SweepAsync();
        Assert.Equal(("t1", 1), ((await link.NextAsync()).Create is { } again ? (again.TaskId, again.Attempt) : default));
    }

    [Fact]
    public async Task Running_PastItsTimeWithoutAWord_IsLost()
    {
        await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a") with { TimeoutSeconds = 10 });
        await _world.Task("t1").ReportAsync("a", new TaskReport("t1", 1, TaskStatuses.Running));
        _world.Time.Advance(TimeSpan.FromSeconds(10) + TaskLimits.WatchGrace);
        await _world.SweepAsync();
        Assert.Equal(TaskStatuses.Lost, (await _world.Task("t1").GetAsync()).Value!.Status);
    }

    [Fact]
    public async Task Crash_BeforeTheReportIsSaved_TaskGoesOn()
    {
        await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a"));
        await _world.Task("t1").ReportAsync("a", new TaskReport("t1", 1, TaskStatuses.Pending, 3));
        Assert.Equal(3, (await _world.Task("t1").GetAsync()).Value!.Position);
        await _world.Host.CrashAsync();
        var link = await _world.LinkAsync("a");
        await _world.TasksOf("a").ReconcileAsync([new TaskReport("t1", 1, TaskStatuses.Running)], link.Reference);
        Assert.NotNull((await link.NextAsync()).Log);
        Assert.True((await _world.Task("t1").CompleteAsync("a", End("t1"))).Ok);
        Assert.Equal(TaskStatuses.Success, (await _world.Task("t1").GetAsync()).Value!.Status);
    }

    [Fact]
    public async Task Delete_Running_IsConflictUnlessForced()
    {
        var link = await _world.LinkAsync("a");
        await _world.Task("t1").CreateAsync(Request("a"));
        await link.NextAsync();
        Assert.Equal(ProblemCodes.Conflict, (await _world.Task("t1").DeleteAsync("key-2", force: false)).Problem?.Code);
        Assert.True((await _world.Task("t1").DeleteAsync("key-2", force: true)).Ok);
        Assert.Equal(new TaskAck("t1", 1), (await link.NextAsync()).Ack);
        Assert.Equal(ProblemCodes.TaskNotFound, (await _world.Task("t1").GetAsync()).Problem?.Code);
    }
}
