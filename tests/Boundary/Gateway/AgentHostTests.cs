using Outrider.Agent.Configuration;
using Outrider.Agent.Executors;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Gateway;

/// <summary>The agent's own end of the link against the real gateway.</summary>
public sealed class AgentHostTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("outrider-agent-").FullName;
    private readonly CancellationTokenSource _stopping = new();
    private readonly StringWriter _log = new();
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayHost.StartAsync();

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _gateway.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Run_WithToken_EnrolsKeepsItsCredentialToItselfAndRunsTasks()
    {
        var payload = new byte[200_000];
        new Random(1).NextBytes(payload);
        var running = Start(new Executor(async (task, sink, cancellation) =>
        {
            await sink.WriteAsync(TaskStream.Payload, payload, cancellation);
            return new TaskComplete { TaskId = task.TaskId, Status = TaskStatuses.Success, Rows = 7 };
        }));
        await LinkedAsync();

        var result = await _gateway.RunAsync("db-1", GatewayHost.Task());
        Assert.Equal((TaskStatuses.Success, 7, payload.Length), (result.Completion.Status, result.Completion.Rows, (int)result.Completion.PayloadBytes));
        Assert.Equal(payload, result.Payload);

        var file = Path.Combine(_data, CredentialFile.Name);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.DoesNotContain((await File.ReadAllTextAsync(file)).Trim(), _log.ToString(), StringComparison.Ordinal);
        await _stopping.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task Run_CentreClosesTheLink_DialsAgainWithItsCredentialOnly()
    {
        var running = Start();
        await LinkedAsync();
        var link = (await _gateway.Agent("db-1").UseLinkAsync()).Value!;
        await _gateway.Grains.Host.Observers.Get(link).CloseAsync(new Problem(ProblemCodes.Unavailable, "The centre restarts.") { RetryAfterSeconds = 2 });
        await _gateway.UntilAsync(async () => (await _gateway.Agent("db-1").UseLinkAsync()).Value is { } now && now != link);
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task Run_CallerCancels_CancelsTheExecutor()
    {
        var (started, canceled) = (new TaskCompletionSource(), new TaskCompletionSource());
        _ = Start(Waiting(started, canceled));
        await LinkedAsync();
        using var caller = new CancellationTokenSource();
        var result = _gateway.RunAsync("db-1", GatewayHost.Task(), caller.Token);
        await started.Task;
        await caller.CancelAsync();
        await canceled.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => result);
    }

    [Fact]
    public async Task Run_LinkLost_CancelsTheExecutor()
    {
        var (started, canceled) = (new TaskCompletionSource(), new TaskCompletionSource());
        _ = Start(Waiting(started, canceled));
        await LinkedAsync();
        var result = _gateway.RunAsync("db-1", GatewayHost.Task());
        await started.Task;
        await _gateway.Agent("db-1").RevokeAsync();
        await canceled.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(TaskStatuses.Lost, (await result).Completion.Status);
    }

    [Fact]
    public async Task Run_ExecutorThrows_FailsTheTaskWithoutItsWords()
    {
        _ = Start(new Executor((_, _, _) => throw new InvalidDataException("secret detail")));
        await LinkedAsync();
        var problem = (await _gateway.RunAsync("db-1", GatewayHost.Task())).Completion.Problem!;
        Assert.Equal(ProblemCodes.Internal, problem.Code);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
        Assert.Contains("secret detail", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ExecutorTellsAtLength_IsClippedNotCutOff()
    {
        _ = Start(new Executor((task, _, _) => Task.FromResult(new TaskComplete
        {
            TaskId = task.TaskId, Status = TaskStatuses.Failed, Problem = new Problem(ProblemCodes.SqlFailed, new string('é', 100_000)),
        })));
        await LinkedAsync();
        Assert.Equal(LinkProtocol.MaxSentence, (await _gateway.RunAsync("db-1", GatewayHost.Task())).Completion.Problem!.Message.Length);
        Assert.Null((await _gateway.Agent("db-1").UseLinkAsync()).Problem);
    }

    [Fact]
    public async Task Run_StatusChanges_ReachTheAgentsView()
    {
        var status = new Status();
        _ = Start(status: status);
        await LinkedAsync();
        status.Set(new DatabaseState("starrocks", "ok", new string('3', 1000)));
        await _gateway.UntilAsync(async () =>
            (await _gateway.Agent("db-1").GetAsync()).Value!.Databases is [{ State: "ok", Version.Length: LinkProtocol.MaxText }]);
    }

    [Fact]
    public async Task Run_WithoutTokenOrCredential_Exits2AndSaysWhatToSet()
    {
        Assert.Equal(2, await Start(token: null));
        Assert.Contains("OUTRIDER_ENROLMENT_TOKEN", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Transport_WithoutTheCentresAddress_SaysWhatToSet()
    {
        var options = new AgentOptions { Name = "db-1", DataDirectory = _data };
        var made = WebSocketTransport.Create(options, new AgentLog(_log, _gateway.Time), _gateway.Time);
        Assert.Contains("OUTRIDER_URL", made.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NameTaken_Exits2AndSaysWhatToDo()
    {
        await using var first = await _gateway.LinkAsync("db-1");
        Assert.Equal(2, await Start(token: _gateway.Token));
        Assert.Contains("OUTRIDER_AGENT_NAME", _log.ToString(), StringComparison.Ordinal);
    }

    private static Executor Waiting(TaskCompletionSource started, TaskCompletionSource canceled) => new(async (_, _, cancellation) =>
    {
        await using var registration = cancellation.Register(canceled.SetResult);
        started.SetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        throw new InvalidOperationException("Never.");
    });

    private Task<int> Start(IExecutor? executor = null, IStatusSource? status = null) => Start(_gateway.Token, executor, status);

    private Task<int> Start(string? token, IExecutor? executor = null, IStatusSource? status = null)
    {
        var options = new AgentOptions { Name = "db-1", EnrolmentToken = token, DataDirectory = _data };
        return new AgentHost
        {
            Options = options,
            Executors = executor is null ? [] : [executor],
            Status = status,
            Transport = new WebSocketTransport(new UriBuilder(_gateway.Url) { Scheme = "http" }.Uri, options, _gateway.Time),
            Log = new AgentLog(TextWriter.Synchronized(_log), _gateway.Time),
            Time = _gateway.Time,
        }.RunAsync(_stopping.Token);
    }

    private Task LinkedAsync() => _gateway.UntilAsync(async () => (await _gateway.Agent("db-1").UseLinkAsync()).Ok, step: 0);

    private sealed class Executor(Func<TaskCreate, ITaskOutput, CancellationToken, Task<TaskComplete>> run) : IExecutor
    {
        public string Type => "sql";

        public ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation) => ValueTask.FromResult<Problem?>(null);

        public Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput payload, CancellationToken cancellation) => run(task, payload, cancellation);
    }

    private sealed class Status : IStatusSource
    {
        public event Action? Changed;

        public List<DatabaseState> Databases { get; private set; } = [new DatabaseState("starrocks", "unknown")];

        public void Set(DatabaseState state)
        {
            Databases = [state];
            Changed?.Invoke();
        }
    }
}
