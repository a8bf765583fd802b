using System.Text.Json;
using Outrider.Agent.Tasks;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using static Outrider.Tests.Boundary.Agent.Tasks.TaskMachine;

namespace Outrider.Tests.Boundary.Agent.Tasks;

public sealed class TaskEngineTests : IAsyncLifetime
{
    private readonly TaskMachine _machine = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _machine.DisposeAsync();

    [Fact]
    public async Task Serve_NoTasks_SaysSo()
    {
        var centre = ScriptedCentre.Link(_machine.Start());
        await UntilAsync(() => centre.States.Count == 1);
        Assert.Equal((0, true), (centre.States[0].Tasks.Count, centre.States[0].All));
    }

    [Fact]
    public async Task Serve_ManyTasks_TellsThemInFramesOfWhichTheLastSaysThatItIsAll()
    {
        var engine = _machine.Start(new TaskEngineLimits(Running: 1));
        for (var i = 0; i < 300; i++)
            engine.Accept(NewTask($"t{i}"));
        var first = ScriptedCentre.Link(engine);
        await UntilAsync(() => first.States.SelectMany(states => states.Tasks).DistinctBy(report => report.TaskId).Count() == 300);
        await first.CutAsync();
        var centre = ScriptedCentre.Link(engine);
        await UntilAsync(() => centre.States.Count >= 3);
        Assert.Equal([(128, null), (128, null), (44, true)], centre.States.Take(3).Select(states => (states.Tasks.Count, states.All)));
        Assert.Equal(Enumerable.Range(0, 299), centre.States.SelectMany(states => states.Tasks).Select(report => report.Position).OfType<int>().Order());
    }

    [Fact]
    public async Task Accept_TheSameTwice_RunsItOnce()
    {
        var engine = _machine.Start();
        var centre = ScriptedCentre.Link(engine);
        engine.Accept(NewTask("t"));
        engine.Accept(NewTask("t"));
        await UntilAsync(() => centre.Of("t")?.Status == TaskStatuses.Running);
        engine.Accept(NewTask("t"));
        _machine.Shell.Release("t");
        await UntilAsync(() => centre.EndOf("t") is not null);
        engine.Accept(NewTask("t"));
        engine.Forget(new TaskAck("t", 1));
        engine.Accept(NewTask("t"));
        engine.Accept(NewTask("u"));
        await UntilAsync(() => _machine.Shell.Runs.Count == 2);
        Assert.Equal(["t", "u"], _machine.Shell.Runs);
    }

    [Fact]
    public async Task Accept_TaskThatSucceeds_TellsItsEndOverEachLinkUntilItIsAcknowledged()
    {
        var engine = _machine.Start();
        _machine.Shell.End = task => new TaskComplete
        {
            TaskId = "another", Status = TaskStatuses.Success, ExitCode = 0, Result = JsonSerializer.SerializeToElement("done"),
        };
        var centre = ScriptedCentre.Link(engine);
        engine.Accept(NewTask("t"));
        await UntilAsync(() => _machine.Shell.Running == 1);
        _machine.Time.Advance(TimeSpan.FromSeconds(2));
        _machine.Shell.Release("t");
        for (var link = 0; link < 3; link++)
        {
            await UntilAsync(() => centre.EndOf("t") is not null);
            var end = centre.EndOf("t")!;
            Assert.Equal(("t", 1, TaskStatuses.Success, 0, "done"), (end.TaskId, end.Attempt, end.Status, end.ExitCode, end.Result!.Value.GetString()));
            Assert.Equal((2_000, 2_000), (end.FinishedAt - end.StartedAt, end.ElapsedMs));
            Assert.Null(end.Log);
            Assert.Single(centre.Ends);
            await centre.CutAsync();
            centre = ScriptedCentre.Link(engine);
        }
        await UntilAsync(() => centre.EndOf("t") is not null);
        engine.Forget(new TaskAck("t", 1));
        await centre.CutAsync();
        centre = ScriptedCentre.Link(engine);
        await UntilAsync(() => centre.States.Count == 1);
        Assert.Empty(centre.States[0].Tasks);
        using var journal = _machine.Journal();
        Assert.Empty(journal.Entries());
    }

    [Fact]
    public async Task Cancel_TaskThatWaits_EndsAtOnceAndNeverRuns()
    {
        var engine = _machine.Start(new TaskEngineLimits(Running: 1));
        var centre = ScriptedCentre.Link(engine);
        engine.Accept(NewTask("first"));
        engine.Accept(NewTask("second"));
        await UntilAsync(() => centre.Of("second")?.Position == 0);
        engine.Cancel("second");
        await UntilAsync(() => centre.EndOf("second") is not null);
        Assert.Equal((TaskStatuses.Canceled, ProblemCodes.Canceled, null), Shown(centre.EndOf("second")!));
        Assert.Null(centre.EndOf("second")!.StartedAt);
        _machine.Shell.Release("first");
        await UntilAsync(() => centre.EndOf("first") is not null);
        Assert.Equal(["first"], _machine.Shell.Runs);
    }

    [Fact]
    public async Task Cancel_TaskThatRuns_EndsItAsCanceledWithWhatTheExecutorHas()
    {
        var engine = _machine.Start();
        _machine.Shell.Work = async (task, _, cancellation) =>
        {
            var stopped = new TaskCompletionSource();
            await using var registration = cancellation.Register(() => stopped.SetResult());
            await stopped.Task;
            _machine.Shell.Release(task.TaskId);
        };
        _machine.Shell.End = task => new TaskComplete
        {
            TaskId = task.TaskId, Status = TaskStatuses.Failed, Problem = new Problem(ProblemCodes.CommandFailed, "143"), ExitCode = 143,
        };
        var centre = ScriptedCentre.Link(engine);
        engine.Accept(NewTask("t"));
        await UntilAsync(() => _machine.Shell.Running == 1);
        engine.Cancel("t");
        await UntilAsync(() => centre.EndOf("t") is not null);
        Assert.Equal((TaskStatuses.Canceled, ProblemCodes.Canceled, 143), Shown(centre.EndOf("t")!));
    }

    [Fact]
    public async Task Run_PastItsTime_FailsAsTimedOut()
    {
        var engine = _machine.Start(new TaskEngineLimits(TimeoutSeconds: 100));
        var centre = ScriptedCentre.Link(engine);
        engine.Accept(NewTask("short", timeout: 50));
        engine.Accept(NewTask("long", timeout: 1_000));
        await UntilAsync(() => _machine.Shell.Running == 2);
        _machine.Time.Advance(TimeSpan.FromSeconds(49));
        Assert.Equal(2, _machine.Shell.Running);
        _machine.Time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => centre.EndOf("short") is not null);
        Assert.Equal((TaskStatuses.Failed, ProblemCodes.TimedOut, null), Shown(centre.EndOf("short")!));
        _machine.Time.Advance(TimeSpan.FromSeconds(50));
        await UntilAsync(() => centre.EndOf("long") is not null);
        Assert.Contains("100 s", centre.EndOf("long")!.Problem!.Message);
    }

    [Fact]
    public async Task Accept_MoreThanMayRun_RunsAHundredAndTenOfADatabaseAndTellsPlaces()
    {
        var engine = _machine.Start();
        var centre = ScriptedCentre.Link(engine);
        for (var i = 0; i < 15; i++)
            engine.Accept(NewTask($"m{i}", TaskTypes.MySql));
        for (var i = 0; i < 95; i++)
            engine.Accept(NewTask($"s{i}"));
        engine.Accept(NewTask("urgent", priority: 10));
        await UntilAsync(() => centre.States.SelectMany(states => states.Tasks).Select(report => report.TaskId).Distinct().Count() == 111);
        await UntilAsync(() => _machine.Shell.Running + _machine.MySql.Running == 100);
        Assert.Equal(10, _machine.MySql.Running);
        // Five of the database, and those of the rest that found no room.
        await _machine.AdvanceUntilAsync(() => Waiting(centre).Count() == 11);
        _machine.MySql.Release(_machine.MySql.Runs.First());
        await _machine.AdvanceUntilAsync(() => Waiting(centre).Count() == 10 && Waiting(centre).Select(report => report.Position!.Value).Order().SequenceEqual(Enumerable.Range(0, 10)));
        await UntilAsync(() => _machine.Shell.Running + _machine.MySql.Running == 100);
        Assert.Contains("urgent", _machine.Shell.Runs);
    }

    [Fact]
    public async Task Accept_MoreThanMayWait_EndsAsBusyAndIsNotRunLater()
    {
        var engine = _machine.Start(new TaskEngineLimits(Running: 1, Queued: 2));
        var centre = ScriptedCentre.Link(engine);
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            engine.Accept(NewTask(id));
            await UntilAsync(() => centre.Of(id) is not null);
        }
        await UntilAsync(() => centre.EndOf("d") is not null);
        Assert.Equal((TaskStatuses.Failed, ProblemCodes.AgentBusy, null), Shown(centre.EndOf("d")!));
        engine.Forget(new TaskAck("d", 1));
        foreach (var id in new[] { "a", "b", "c" })
            _machine.Shell.Release(id);
        await UntilAsync(() => centre.EndOf("c") is not null);
        engine.Accept(NewTask("d"));
        engine.Accept(NewTask("e"));
        await UntilAsync(() => _machine.Shell.Runs.Contains("e"));
        Assert.Equal(["a", "b", "c", "e"], _machine.Shell.Runs);
    }

    [Fact]
    public async Task Forget_TaskThatRuns_EndsAndDeletesIt()
    {
        var engine = _machine.Start();
        _machine.Shell.Work = async (_, output, cancellation) => await output.WriteAsync(TaskStream.Stdout, new byte[100_000], cancellation);
        var centre = ScriptedCentre.Link(engine);
        engine.Accept(NewTask("t"));
        await UntilAsync(() => centre.Output("t").Length > 0);
        engine.Forget(new TaskAck("t", 1));
        await UntilAsync(() => _machine.Shell.Running == 0 && _machine.Outputs == 0);
        Assert.Null(centre.EndOf("t"));
    }

    [Fact]
    public async Task Accept_AnotherAttempt_GivesUpTheOneBefore()
    {
        var engine = _machine.Start();
        var centre = ScriptedCentre.Link(engine);
        engine.Accept(NewTask("t"));
        await UntilAsync(() => _machine.Shell.Running == 1);
        engine.Accept(NewTask("t", attempt: 2));
        await UntilAsync(() => _machine.Shell.Runs.Count == 2 && _machine.Shell.Running == 1);
        engine.Accept(NewTask("t"));
        _machine.Shell.Release("t");
        await UntilAsync(() => centre.EndOf("t") is not null);
        Assert.Equal(2, centre.Ends.Single().Attempt);
    }

    [Fact]
    public async Task Run_ResultThatNoFrameTakes_IsLeftOutWithANote()
    {
        var engine = _machine.Start();
        _machine.Shell.End = task => new TaskComplete
        {
            TaskId = task.TaskId, Status = TaskStatuses.Success, Result = JsonSerializer.SerializeToElement(new string('x', TaskLimits.ResultBytes)),
        };
        var centre = ScriptedCentre.Link(engine);
        engine.Accept(NewTask("t"));
        _machine.Shell.Release("t");
        await UntilAsync(() => centre.EndOf("t") is not null);
        Assert.Null(centre.EndOf("t")!.Result);
        Assert.Contains("left out", System.Text.Encoding.UTF8.GetString(centre.Output("t", TaskStream.Note)));
    }

    [Fact]
    public async Task Accept_DiskIsFull_RefusesAndRunsNothing()
    {
        var engine = _machine.Start();
        var centre = ScriptedCentre.Link(engine);
        _machine.Disk.Free = 10;
        engine.Accept(NewTask("t"));
        await UntilAsync(() => centre.EndOf("t") is not null);
        Assert.Equal((TaskStatuses.Failed, ProblemCodes.Unavailable, null), Shown(centre.EndOf("t")!));
        _machine.Disk.Free = long.MaxValue;
        engine.Accept(NewTask("u"));
        await UntilAsync(() => _machine.Shell.Running == 1);
        Assert.Equal(["u"], _machine.Shell.Runs);
    }

    [Fact]
    public async Task End_DiskIsFull_IsToldOnceItIsWrittenAndNothingStartsBefore()
    {
        var engine = _machine.Start(new TaskEngineLimits(Running: 1));
        var centre = ScriptedCentre.Link(engine);
        engine.Accept(NewTask("t"));
        engine.Accept(NewTask("next"));
        await UntilAsync(() => _machine.Shell.Running == 1 && centre.Of("next") is not null);
        _machine.Disk.Free = 10;
        _machine.Shell.Release("t");
        await UntilAsync(() => _machine.Log.Contains("can't be written down", StringComparison.Ordinal));
        _machine.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(centre.EndOf("t"));
        Assert.Equal(["t"], _machine.Shell.Runs);
        _machine.Disk.Free = long.MaxValue;
        await _machine.AdvanceUntilAsync(() => centre.EndOf("t") is not null && _machine.Shell.Running == 1);
        Assert.Equal(TaskStatuses.Success, centre.EndOf("t")!.Status);
        Assert.Equal(["t", "next"], _machine.Shell.Runs);
    }

    private static (string, string?, int?) Shown(TaskComplete end) => (end.Status, end.Problem?.Code, end.ExitCode);

    private static IEnumerable<TaskReport> Waiting(ScriptedCentre centre) => centre.States.SelectMany(states => states.Tasks)
        .GroupBy(report => report.TaskId).Select(reports => reports.Last()).Where(report => report.Status == TaskStatuses.Pending);
}
