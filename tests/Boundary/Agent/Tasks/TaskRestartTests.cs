using System.Diagnostics;
using System.Text;
using Outrider.Agent.Tasks;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using static Outrider.Tests.Boundary.Agent.Tasks.TaskMachine;

namespace Outrider.Tests.Boundary.Agent.Tasks;

/// <summary>What becomes of tasks when the agent stops, is killed, and starts again.</summary>
public sealed class TaskRestartTests : IAsyncLifetime
{
    private readonly TaskMachine _machine = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _machine.DisposeAsync();

    [Fact]
    public async Task Stop_TasksRunAndWait_EndsThoseAndRunsTheseAfterTheNextStart()
    {
        var engine = _machine.Start(new TaskEngineLimits(Running: 1));
        engine.Accept(NewTask("runs"));
        engine.Accept(NewTask("waits"));
        await UntilAsync(() => _machine.Shell.Running == 1);
        await engine.StopAsync();
        Assert.Equal(0, _machine.Shell.Running);
        await engine.DisposeAsync();

        engine = _machine.Start();
        var centre = ScriptedCentre.Link(engine);
        _machine.Shell.Release("waits");
        await UntilAsync(() => centre.Ends.Count == 2);
        var stopped = centre.EndOf("runs")!;
        Assert.Equal((TaskStatuses.Failed, ProblemCodes.Unavailable), (stopped.Status, stopped.Problem!.Code));
        Assert.NotNull(stopped.StartedAt);
        Assert.Equal(TaskStatuses.Success, centre.EndOf("waits")!.Status);
        Assert.Equal(["runs", "waits"], _machine.Shell.Runs);
    }

    [Fact]
    public async Task Start_AfterAKill_LosesWhatRanAndRunsWhatWaitedInItsOrder()
    {
        var engine = _machine.Start(new TaskEngineLimits(Running: 1));
        _machine.Shell.Work = async (_, output, cancellation) =>
        {
            await output.WriteAsync(TaskStream.Stdout, Encoding.UTF8.GetBytes("so far\n"), cancellation);
            await output.WriteAsync(TaskStream.Stderr, Encoding.UTF8.GetBytes("so bad\n"), cancellation);
        };
        var before = ScriptedCentre.Link(engine);
        engine.Accept(NewTask("runs"));
        await UntilAsync(() => _machine.Shell.Running == 1);
        foreach (var (id, priority) in new[] { ("w1", 5), ("w2", 10), ("w3", 5) })
        {
            engine.Accept(NewTask(id, priority: priority));
            await UntilAsync(() => before.Of(id) is not null);
        }
        await _machine.AdvanceUntilAsync(() => before.Chunks("runs").Count == 2);
        _machine.Kill();

        engine = _machine.Start(new TaskEngineLimits(Running: 1));
        var centre = ScriptedCentre.Link(engine);
        foreach (var id in new[] { "w1", "w2", "w3" })
            _machine.Shell.Release(id);
        await UntilAsync(() => centre.Ends.Count == 3);
        Assert.Equal(["w2", "w1", "w3"], _machine.Shell.Runs);
        Assert.Null(centre.EndOf("runs"));

        engine.Continue(new TaskLog("runs", 1, 0));
        await UntilAsync(() => centre.EndOf("runs") is not null);
        var lost = centre.EndOf("runs")!;
        Assert.Equal((TaskStatuses.Lost, ProblemCodes.TaskLost), (lost.Status, lost.Problem!.Code));
        Assert.Equal(new LogTotals(2, 7, 7, 0), lost.Log);
        Assert.Equal("so far\n", Encoding.UTF8.GetString(centre.Output("runs")));
        Assert.Equal("so bad\n", Encoding.UTF8.GetString(centre.Output("runs", TaskStream.Stderr)));
    }

    [Fact]
    public async Task Start_AfterAKill_TellsEndsAgainAndNeverRunsTwice()
    {
        var engine = _machine.Start();
        var before = ScriptedCentre.Link(engine);
        _machine.Shell.Work = async (_, output, cancellation) => await output.WriteAsync(TaskStream.Stdout, new byte[10], cancellation);
        foreach (var id in new[] { "told", "acknowledged" })
        {
            engine.Accept(NewTask(id));
            _machine.Shell.Release(id);
        }
        await _machine.AdvanceUntilAsync(() => before.Ends.Count == 2);
        engine.Forget(new TaskAck("acknowledged", 1));
        await UntilAsync(() => _machine.Outputs == 1);
        _machine.Kill();

        for (var starts = 0; starts < 2; starts++)
        {
            engine = _machine.Start();
            var centre = ScriptedCentre.Link(engine);
            await UntilAsync(() => centre.Of("told")?.Status == TaskReport.Ended);
            Assert.Empty(centre.Ends);
            // Sent again, as by a centre that didn't hear of it, it is told from the start.
            engine.Accept(NewTask("told"));
            engine.Accept(NewTask("acknowledged"));
            await UntilAsync(() => centre.EndOf("told") is not null);
            Assert.Equal(before.EndOf("told")!.Log, centre.EndOf("told")!.Log);
            Assert.Equal(new byte[10], centre.Output("told"));
            Assert.DoesNotContain(centre.States.SelectMany(states => states.Tasks), report => report.TaskId == "acknowledged");
            await engine.DisposeAsync();
        }
        Assert.Empty(_machine.Shell.Runs);
    }

    [Fact]
    public async Task Start_AfterAKillInTheMiddleOfAThousand_EndsEachOnce()
    {
        const int Tasks = 1_000;
        _machine.Shell.Work = (task, _, _) =>
        {
            _machine.Shell.Release(task.TaskId);
            return Task.CompletedTask;
        };
        var engine = _machine.Start();
        var before = ScriptedCentre.Link(engine);
        for (var i = 0; i < Tasks; i++)
            engine.Accept(NewTask($"t{i}"));
        await UntilAsync(() => before.Ends.Count > Tasks / 3);
        var first = _machine.Shell;
        var told = before.Ends.Select(end => end.TaskId).ToList();
        _machine.Kill();
        _machine.Shell.Work = first.Work;

        engine = _machine.Start();
        var centre = ScriptedCentre.Link(engine);
        for (var i = 0; i < Tasks; i++)
            engine.Accept(NewTask($"t{i}"));
        await UntilAsync(() => centre.Ends.Count == Tasks);
        Assert.Equal(Tasks, centre.Ends.DistinctBy(end => end.TaskId).Count());
        Assert.Equal(_machine.Shell.Runs.Count, _machine.Shell.Runs.Distinct().Count());
        // What had ended or started before isn't run again, whatever the centre asks.
        Assert.Empty(_machine.Shell.Runs.Intersect(told));
        Assert.Empty(_machine.Shell.Runs.Intersect(centre.Ends.Where(end => end.Status == TaskStatuses.Lost).Select(end => end.TaskId)));
        Assert.All(centre.Ends, end => Assert.True(end.Status is TaskStatuses.Success or TaskStatuses.Lost));
    }

    [Fact]
    public async Task Start_ProcessesWereLeftRunning_EndsThemBeforeTheTaskIsLost()
    {
        using var left = StartGroup("trap '' TERM; sleep 1000 & wait");
        var engine = _machine.Start();
        _machine.Shell.Work = (_, output, _) =>
        {
            output.Started(TaskProcesses.Of(left.Id)!);
            return Task.CompletedTask;
        };
        engine.Accept(NewTask("t"));
        await UntilAsync(() => _machine.Shell.Running == 1);
        await UntilAsync(() => File.ReadAllText(Path.Combine(_machine.Folder, "journal")).Contains("start_ticks", StringComparison.Ordinal));
        _machine.Kill();

        engine = _machine.Start();
        var centre = ScriptedCentre.Link(engine);
        await UntilAsync(() => _machine.Log.Contains("left processes running", StringComparison.Ordinal));
        Assert.False(left.HasExited);
        Assert.Null(centre.EndOf("t"));
        await _machine.AdvanceUntilAsync(() => centre.EndOf("t") is not null);
        Assert.Equal(TaskStatuses.Lost, centre.EndOf("t")!.Status);
        await left.WaitForExitAsync();
    }

    [Fact]
    public async Task Terminate_AGroup_EndsItAndNoOtherWithItsNumber()
    {
        using var process = StartGroup("sleep 1000 & wait");
        var group = TaskProcesses.Of(process.Id)!;
        Assert.True(group.IsAlive());
        var older = group with { StartTicks = group.StartTicks - 1 };
        var otherBoot = group with { MachineBoot = "another" };
        Assert.False(older.IsAlive() || otherBoot.IsAlive());
        older.Kill();
        otherBoot.Kill();
        Assert.True(group.IsAlive());
        group.Terminate();
        await process.WaitForExitAsync();
        await UntilAsync(() => !group.IsAlive());
        Assert.Null(TaskProcesses.Of(process.Id));
    }

    /// <summary>A shell that leads a group of its own, and says so before it goes on.</summary>
    private static Process StartGroup(string script)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", $"echo up; {script}"]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        Assert.Equal("up", process.StandardOutput.ReadLine());
        return process;
    }
}
