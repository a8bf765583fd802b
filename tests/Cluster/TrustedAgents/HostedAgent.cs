using Outrider.Agent.Cluster.Link;
using Outrider.Agent.Configuration;
using Outrider.Agent.Executors;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Agent.Tasks;
using Outrider.Protocol.Link;
using Outrider.Protocol.Tasks;
using Outrider.Testing;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Cluster.TrustedAgents;

/// <summary>An agent within the test's process whose link is a client of real silos.</summary>
internal sealed class HostedAgent : IStatusSource, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly StringWriter _log = new();
    private readonly TrustedCluster _cluster;
    private readonly string _name;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _canceled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts it.</summary>
    /// <param name="run">What its executors, of queries and of shell tasks, do; null: waits until it is canceled.</param>
    /// <param name="token">Null: the cluster's.</param>
    /// <param name="data">Null: a folder of its own.</param>
    public HostedAgent(
        TrustedCluster cluster,
        string name,
        Func<TaskCreate, ITaskOutput, CancellationToken, Task<TaskComplete>>? run = null,
        string? token = null,
        string? data = null)
    {
        (_cluster, _name) = (cluster, name);
        Data = data ?? Directory.CreateDirectory(Path.Combine(cluster.Stack.Folder, Path.GetRandomFileName())).FullName;
        Running = new AgentHost
        {
            Options = new AgentOptions { Name = name, EnrolmentToken = token ?? cluster.Token, DataDirectory = Data },
            Executors = [new FakeExecutor("sql", run ?? WaitAsync), new FakeExecutor(TaskTypes.Shell, run ?? WaitAsync)],
            Tasks = new TaskEngineLimits(),
            Status = this,
            Transport = new ClusterTransport(cluster.Settings, TimeProvider.System),
            Log = new AgentLog(TextWriter.Synchronized(_log), TimeProvider.System),
            Time = TimeProvider.System,
        }.RunAsync(_stopping.Token);
    }

    public event Action? Changed;

    public string Data { get; }

    /// <summary>Its exit code, once it ends.</summary>
    public Task<int> Running { get; }

    public List<DatabaseState> Databases { get; private set; } = [new("starrocks", "unknown")];

    public string Log => _log.ToString();

    /// <summary>How many tasks it has whose output it keeps.</summary>
    public int TasksWithOutput => Directory.GetDirectories(Path.Combine(Data, "tasks")).Length;

    /// <summary>A task has begun to wait.</summary>
    public Task Started => _started.Task.WaitAsync(TestTimeouts.Default);

    /// <summary>A waiting task was canceled.</summary>
    public Task Canceled => _canceled.Task.WaitAsync(TestTimeouts.Default);

    public void Set(DatabaseState state)
    {
        Databases = [state];
        Changed?.Invoke();
    }

    public Task LinkedAsync() => EventuallyAsync("is linked", async () => (await _cluster.Agent(_name).UseLinkAsync()).Ok);

    public Task EventuallyAsync(string what, Func<Task<bool>> isSo) =>
        Eventually.SoAsync($"agent {_name} {what}", isSo, () => Running.IsCompleted, () => Log);

    public Task SaysAsync(string text) => EventuallyAsync($"says '{text}'", () => Task.FromResult(Log.Contains(text, StringComparison.Ordinal)));

    /// <summary>Stops it in good order.</summary>
    public async Task<int> StopAsync()
    {
        await _stopping.CancelAsync();
        return await Running.WaitAsync(TestTimeouts.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
        await _log.DisposeAsync();
    }

    private async Task<TaskComplete> WaitAsync(TaskCreate task, ITaskOutput sink, CancellationToken cancellation)
    {
        await using var registration = cancellation.Register(() => _canceled.TrySetResult());
        _started.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        throw new InvalidOperationException("Never.");
    }
}
