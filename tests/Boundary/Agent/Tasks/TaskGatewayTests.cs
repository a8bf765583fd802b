using Outrider.Agent.Configuration;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Agent.Tasks;
using Outrider.Grains.Runtime;
using Outrider.Grains.Tasks;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;
using Outrider.Testing.Tasks;
using Outrider.Tests.Boundary.Gateway;

namespace Outrider.Tests.Boundary.Agent.Tasks;

/// <summary>The agent's engine and the centre's gateway and grains, over real sockets.</summary>
public sealed class TaskGatewayTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("outrider-agent-").FullName;
    private readonly MemoryTaskStore _store = new();
    private readonly StringWriter _log = new();
    private readonly FakeExecutor _shell = new();
    private GatewayHost _gateway = null!;
    private CancellationTokenSource _stopping = new();
    private Task<int> _running = Task.FromResult(0);

    public async Task InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(more: registry => registry
            .Add<ITaskSettings>("settings", a => new TaskSettings(a.Context, a.State<TaskSettingsState>()))
            .Add<IAgentTask>("task", a => new AgentTask(a.Context, _store, new NoFiles()))
            .Add<IAgentTasks>("tasks", a => new AgentTasks(a.Context, _store)));
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        await _gateway.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Create_ATaskThatWritesMuch_EndsWithAllOfItTakenAndTheAgentForgetsIt()
    {
        const int Chunks = 300;
        _shell.Work = async (_, output, cancellation) =>
        {
            for (var i = 0; i < Chunks; i++)
                await output.WriteAsync(TaskStream.Stdout, new byte[TaskLimits.ChunkBytes], cancellation);
            await output.WriteAsync(TaskStream.Stderr, "and a little"u8.ToArray(), cancellation);
        };
        _shell.Release("t");
        await CreateAsync("t");
        await UntilAsync("t", task => task.HasEnded);
        var ended = await GetAsync("t");
        Assert.Equal((TaskStatuses.Success, new LogTotals(Chunks + 1, Chunks * (long)TaskLimits.ChunkBytes, 12)), (ended.Status, ended.Log));
        await UntilAsync(() => Task.FromResult(Directory.GetDirectories(Path.Combine(_data, "tasks")).Length == 0));
        Assert.DoesNotContain("Dialling again", _log.ToString());
    }

    [Fact]
    public async Task Cancel_ATaskThatRuns_EndsItOnBothSides()
    {
        await CreateAsync("t");
        await UntilAsync("t", task => task.Status == TaskStatuses.Running);
        Assert.True((await Grain("t").CancelAsync("me")).Ok);
        await UntilAsync("t", task => task.Status == TaskStatuses.Canceled);
        await UntilAsync(() => Task.FromResult(_shell.Running == 0));
    }

    [Fact]
    public async Task Run_AgentStartsAnewAgainAndAgain_EndsEachTaskOnce()
    {
        var ids = Enumerable.Range(0, 130).Select(i => $"t{i}").ToList();
        foreach (var id in ids)
            await CreateAsync(id);
        await UntilAsync(() => Task.FromResult(_shell.Running == 100));
        foreach (var id in ids.Take(50))
            _shell.Release(id);
        await UntilAsync("t49", task => task.Status == TaskStatuses.Success);
        for (var starts = 0; starts < 2; starts++)
        {
            await StopAsync();
            await StartAsync();
        }
        foreach (var id in ids)
            _shell.Release(id);
        foreach (var id in ids)
            await UntilAsync(id, task => task is { HasEnded: true, AwaitsAgent: false });
        Assert.Equal(_shell.Runs.Order(), _shell.Runs.Distinct().Order());
        var tasks = new List<TaskRecord>();
        foreach (var id in ids)
            tasks.Add(await GetAsync(id));
        Assert.All(tasks, task => Assert.True(task.Status == TaskStatuses.Success || task.Problem?.Code == ProblemCodes.Unavailable, $"{task.Status} {task.Problem}"));
        await UntilAsync(async () => (await _store.ListOpenAsync("demo", "db-1", null, 10, CancellationToken.None)).Count == 0);
    }

    private async Task StartAsync()
    {
        _stopping = new CancellationTokenSource();
        var options = new AgentOptions { Name = "db-1", EnrolmentToken = _gateway.Token, DataDirectory = _data };
        _running = new AgentHost
        {
            Options = options,
            Executors = [_shell],
            Tasks = new TaskEngineLimits(),
            Transport = new WebSocketTransport(new UriBuilder(_gateway.Url) { Scheme = "http" }.Uri, options, _gateway.Time),
            Log = new AgentLog(TextWriter.Synchronized(_log), _gateway.Time),
            Time = _gateway.Time,
        }.RunAsync(_stopping.Token);
        await UntilAsync(async () => (await _gateway.Agent("db-1").UseLinkAsync()).Ok);
    }

    private async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private IAgentTask Grain(string id) => _gateway.Grains.Host.Grains.Get<IAgentTask>(GrainKeys.Join("demo", id));

    private async Task CreateAsync(string id) =>
        Assert.Null((await Grain(id).CreateAsync(new TaskRequest { Agent = "db-1", Type = TaskTypes.Shell, Command = "true", CreatedBy = "me" })).Problem);

    private async Task<TaskRecord> GetAsync(string id) => (await Grain(id).GetAsync()).Value!;

    private Task UntilAsync(string id, Func<TaskRecord, bool> isSo) => UntilAsync(async () => isSo(await GetAsync(id)));

    /// <summary>Lets the clock go on a little at a time: tasks have time limits.</summary>
    private async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!await isSo())
        {
            _gateway.Time.Advance(TimeSpan.FromMilliseconds(20));
            await pause.WaitForNextTickAsync(timeout.Token);
        }
    }

    private sealed class NoFiles : ITaskFiles
    {
        public ValueTask<Outcome<TaskFile>> GrantAsync(string tenant, string agent, string file, DateTimeOffset until, CancellationToken cancellation) =>
            ValueTask.FromResult<Outcome<TaskFile>>(new Problem(ProblemCodes.FileNotFound, "There are no files."));
    }
}
