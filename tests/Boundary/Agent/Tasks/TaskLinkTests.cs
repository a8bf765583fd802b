using Outrider.Agent.Configuration;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Agent.Tasks;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Time;
using static Outrider.Tests.Boundary.Agent.Tasks.TaskMachine;

namespace Outrider.Tests.Boundary.Agent.Tasks;

/// <summary>Tasks over real sockets, from a centre's frames to an executor and back.</summary>
public sealed class TaskLinkTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("outrider-agent-").FullName;
    private readonly FakeTime _time = new();
    private readonly FakeExecutor _shell = new();
    private readonly CancellationTokenSource _stopping = new();
    private FakeCentre _centre = null!;
    private Task<int> _running = Task.FromResult(0);

    public async Task InitializeAsync()
    {
        _centre = await FakeCentre.StartAsync(_time);
        _centre.Capabilities = [LinkProtocol.Tasks];
    }

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await _centre.DisposeAsync();
        _stopping.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Run_ATaskOfTheCentre_SendsItsOutputAndItsEndUntilThatIsAcknowledged()
    {
        var bytes = new byte[3 * TaskLimits.ChunkBytes];
        new Random(1).NextBytes(bytes);
        _shell.Work = async (_, output, cancellation) => await output.WriteAsync(TaskStream.Stdout, bytes, cancellation);
        await StartAsync();
        Assert.Empty((await _centre.TaskMessageAsync<TaskStates>(states => states.All == true)).Tasks);
        await _centre.SendAsync(NewTask("t"));
        await _centre.TaskMessageAsync<TaskStates>(states => states.Tasks is [{ TaskId: "t", Status: TaskStatuses.Running, StartedAt: not null }]);
        _shell.Release("t");
        var end = await _centre.TaskMessageAsync<TaskComplete>(_ => true);
        Assert.Equal(("t", TaskStatuses.Success, new LogTotals(3, bytes.Length)), (end.TaskId, end.Status, end.Log));
        Assert.Equal(bytes, _centre.Chunks.SelectMany(chunk => chunk.Bytes.ToArray()));

        await CutAsync();
        var all = await _centre.TaskMessageAsync<TaskStates>(states => states.All == true);
        Assert.Equal(TaskReport.Ended, all.Tasks.Single().Status);
        await _centre.SendAsync(new TaskLog("t", 1, 3));
        await _centre.TaskMessageAsync<TaskComplete>(again => again.TaskId == "t");
        await _centre.SendAsync(new TaskAck("t", 1));
        await _centre.SendAsync(NewTask("t"));
        await _centre.SendAsync(NewTask("u"));
        await UntilAsync(() => _shell.Runs.Count == 2);
        Assert.Equal(["t", "u"], _shell.Runs);
    }

    [Fact]
    public async Task Run_TaskCancelOfTheCentre_EndsTheTask()
    {
        await StartAsync();
        await _centre.SendAsync(NewTask("t"));
        await UntilAsync(() => _shell.Running == 1);
        await _centre.SendAsync(new TaskCancel("t"));
        Assert.Equal(TaskStatuses.Canceled, (await _centre.TaskMessageAsync<TaskComplete>(_ => true)).Status);
    }

    [Fact]
    public async Task Run_CentreDoesNotKeepTasks_IsToldOfNoneAndMaySendNone()
    {
        _centre.Capabilities = [];
        await StartAsync();
        Assert.Equal([TaskTypes.Shell, LinkProtocol.Tasks], _centre.Hello!.Facts.Capabilities);
        await _centre.SendAsync(NewTask("t"));
        Assert.Equal(ProblemCodes.FrameUnknownType, (await _centre.ErrorAsync()).Code);
        Assert.Empty(_shell.Runs);
    }

    [Fact]
    public async Task Run_QueryOfATaskType_IsRefusedWithoutAttempt()
    {
        await StartAsync();
        await _centre.SendAsync(NewTask("t", attempt: 0));
        var end = await _centre.TaskMessageAsync<TaskComplete>(_ => true);
        Assert.Equal((ProblemCodes.InvalidArgument, 0), (end.Problem?.Code, end.Attempt));
    }

    [Fact]
    public async Task Run_AgentStops_EndsTheTaskAndTellsItAfterTheNextStart()
    {
        await StartAsync();
        await _centre.SendAsync(NewTask("t"));
        await UntilAsync(() => _shell.Running == 1);
        await _stopping.CancelAsync();
        Assert.Equal(0, await _running);
        Assert.Equal(0, _shell.Running);
        using var stopping = new CancellationTokenSource();
        var again = Host().RunAsync(stopping.Token);
        await _centre.LinkedAsync();
        Assert.Equal(ProblemCodes.Unavailable, (await _centre.TaskMessageAsync<TaskComplete>(_ => true)).Problem?.Code);
        await stopping.CancelAsync();
        await again;
    }

    private async Task StartAsync()
    {
        _running = Host().RunAsync(_stopping.Token);
        await _centre.LinkedAsync();
    }

    private AgentHost Host()
    {
        var options = new AgentOptions { Name = "db-1", EnrolmentToken = "ort.demo.t.s", DataDirectory = _data };
        return new AgentHost
        {
            Options = options,
            Executors = [_shell],
            Tasks = new TaskEngineLimits(),
            Transport = new WebSocketTransport(_centre.Url, options, _time),
            Log = new AgentLog(TextWriter.Null, _time),
            Time = _time,
        };
    }

    private async Task CutAsync()
    {
        _centre.Cut();
        var linked = _centre.LinkedAsync();
        await UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            return linked.IsCompleted;
        });
        await linked;
    }
}
