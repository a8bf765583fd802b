using Outrider.Grains.Tasks;
using Outrider.Grains.Tasks.Lifecycle;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Pure.Tasks;

/// <summary>Random histories of a task: whatever happens, and in whatever order, the record stays one that can be.</summary>
public sealed class TaskLifecycleTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AnyHistory_KeepsWhatMustHold()
    {
        for (var seed = 0; seed < 3_000; seed++)
            Live(new Random(seed), seed);
    }

    [Theory]
    [InlineData(-3_600_000)]
    [InlineData(3_600_000)]
    public void Reported_AgentsClockIsOff_StartsBetweenSendingAndNow(long off)
    {
        var task = TaskLifecycle.Sent(TaskLifecycle.Create("t", Request(new Random(1)), null, s_start), "link", s_start);
        var at = s_start + TimeSpan.FromSeconds(5);
        var report = new TaskReport("t", 1, TaskStatuses.Running, null, at.ToUnixTimeMilliseconds() + off);
        Assert.InRange(TaskLifecycle.Reported(task, report, at)!.StartedAt!.Value, s_start, at);
    }

    [Fact]
    public void Completed_NeverBegun_HasNoStart()
    {
        var task = TaskLifecycle.Sent(TaskLifecycle.Create("t", Request(new Random(1)), null, s_start), "link", s_start);
        var end = new TaskComplete { TaskId = "t", Attempt = 1, Status = TaskStatuses.Failed, Problem = new Problem(ProblemCodes.PolicyRefused, "No.") };
        Assert.Null(TaskLifecycle.Completed(task, end, s_start)!.StartedAt);
    }

    private static TaskRequest Request(Random chance) => new()
    {
        Agent = "a",
        Type = TaskTypes.Shell,
        Command = "true",
        CreatedBy = "k",
        Idempotent = chance.Next(2) == 0,
        Retries = chance.Next(3),
        RetrySeconds = 30,
        TimeoutSeconds = chance.Next(1, 600),
        WaitSeconds = chance.Next(0, 1_200),
    };

    private static void Live(Random chance, int seed)
    {
        var request = Request(chance);
        if (!TaskFaults.MayRepeat(request))
            request = request with { Retries = 0 };
        var at = s_start;
        var task = TaskLifecycle.Create("t", request, chance.Next(4) == 0 ? "rule" : null, at);
        for (var step = 0; step < 40; step++)
        {
            at += TimeSpan.FromSeconds(chance.Next(0, 120));
            var before = task;
            task = Next(task, chance, at);
            Hold(before, task, at, $"seed {seed}, step {step}");
        }
        // Left alone for long enough, it ends or waits for an agent that never came.
        for (var look = 0; look < 200 && !task.HasEnded; look++)
        {
            at = task.DueAt!.Value > at ? task.DueAt.Value : at;
            task = TaskLifecycle.Look(task, at - TimeSpan.FromDays(1), at);
        }
        Assert.True(task.HasEnded, $"seed {seed} never ends: {task}");
    }

    private static TaskRecord Next(TaskRecord task, Random chance, DateTimeOffset at)
    {
        var attempt = chance.Next(5) == 0 ? chance.Next(1, 4) : task.Attempt;
        switch (chance.Next(8))
        {
            case 0 when TaskLifecycle.MayBeSent(task, at):
                Assert.True(task.Approval is null or { State: ApprovalState.Approved });
                return TaskLifecycle.Sent(task, $"link{chance.Next(3)}", at);
            case 1:
                return TaskLifecycle.Reported(task, new TaskReport("t", attempt, chance.Next(2) == 0 ? TaskStatuses.Pending : TaskStatuses.Running, 2), at) ?? task;
            case 2 when chance.Next(3) == 0:
                string[] ends = [TaskStatuses.Success, TaskStatuses.Failed, TaskStatuses.Canceled, TaskStatuses.Lost];
                var status = ends[chance.Next(ends.Length)];
                return TaskLifecycle.Completed(task, new TaskComplete
                {
                    TaskId = "t", Attempt = attempt, Status = status,
                    Problem = status == TaskStatuses.Success ? null : new Problem(ProblemCodes.CommandFailed, "It failed."),
                }, at) ?? task;
            case 3 when chance.Next(5) == 0 && task.IsOpen:
                return TaskLifecycle.Cancel(task, "k2", at);
            case 4 when task is { HasEnded: false, Approval.State: ApprovalState.Waiting }:
                return TaskLifecycle.Decide(task, chance.Next(3) > 0, "k2", null, at);
            case 5:
                return TaskLifecycle.Unknown(task, $"link{chance.Next(3)}", at);
            case 6 or 7:
                var looked = TaskLifecycle.Look(task, chance.Next(2) == 0 ? null : at - TimeSpan.FromMinutes(chance.Next(0, 20)), at);
                Assert.True(looked.DueAt is null || looked.DueAt > at, $"Looked at, it is due at once again: {looked}");
                return looked;
            default:
                return task;
        }
    }

    private static void Hold(TaskRecord before, TaskRecord after, DateTimeOffset at, string where)
    {
        Assert.True(before.IsOpen || before == after, $"{where}: what was over has changed: {before} to {after}");
        Assert.True(after.Attempt - before.Attempt is 0 or 1 && after.Attempt <= after.Request.Retries + 1, where);
        Assert.True(after.HasEnded == after.DueAt is null, $"{where}: due doesn't fit {after}");
        Assert.True(after.HasEnded == after.FinishedAt is not null, $"{where}: finished doesn't fit {after}");
        Assert.True(!after.AwaitsAgent || after.Status == TaskStatuses.Lost, where);
        Assert.True(after.Status != TaskStatuses.Running || after.AcceptedAt is not null && after.StartedAt is not null, $"{where}: {after}");
        Assert.True(after.Status is TaskStatuses.Success or TaskStatuses.Pending or TaskStatuses.Running || after.Problem is not null, $"{where}: no reason in {after}");
        Assert.True(after.CancelRequestedAt is null || !TaskLifecycle.MayBeSent(after, at), $"{where}: canceled, and may be sent: {after}");
        Assert.True(after.StartedAt is null || after.StartedAt <= at, where);
    }
}
