using Outrider.Agent.Executors;
using Outrider.Agent.Logging;
using Outrider.Agent.Tasks;
using Outrider.Protocol.Tasks;
using Outrider.Testing;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Agent.Tasks;

/// <summary>A machine with the folder of a task engine, which can be started again and again.</summary>
internal sealed class TaskMachine : IAsyncDisposable
{
    private readonly List<string> _folders = [];
    private readonly List<TaskEngine> _engines = [];
    private readonly StringWriter _log = new();

    public TaskMachine() => Folder = NewFolder();

    public FakeTime Time { get; } = new();

    public FakeExecutor Shell { get; private set; } = new();

    public FakeExecutor MySql { get; private set; } = new(TaskTypes.MySql);

    public FakeDisk Disk { get; } = new();

    public string Folder { get; private set; }

    public string Log => _log.ToString();

    public TaskEngine Engine => _engines[^1];

    /// <summary>The folders of output.</summary>
    public int Outputs => Directory.GetDirectories(Folder).Length;

    private AgentLog AgentLog => new(TextWriter.Synchronized(_log), Time);

    /// <summary>Starts an engine on the folder as it is.</summary>
    public TaskEngine Start(TaskEngineLimits? limits = null)
    {
        var gate = new TaskGate([Shell, MySql], null, AgentLog);
        _engines.Add(new TaskEngine(Journal(), Folder, gate, limits ?? new TaskEngineLimits(), AgentLog, Time));
        Engine.Start();
        return Engine;
    }

    public TaskJournal Journal() => new(Folder, AgentLog, Time, Disk.Create);

    /// <summary>Takes the folder as kill -9 would leave it now; what ran before goes on elsewhere, and its executors are others.</summary>
    public void Kill()
    {
        var copy = NewFolder();
        foreach (var folder in Directory.GetDirectories(Folder))
            Directory.CreateDirectory(Path.Combine(copy, Path.GetFileName(folder)));
        foreach (var file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(copy, Path.GetRelativePath(Folder, file)));
        (Folder, Shell, MySql) = (copy, new FakeExecutor(), new FakeExecutor(TaskTypes.MySql));
    }

    public static TaskCreate NewTask(string id, string type = TaskTypes.Shell, int attempt = 1, int priority = 5, int timeout = 300) =>
        new() { TaskId = id, Type = type, Attempt = attempt, Command = "true", Priority = priority, TimeoutSeconds = timeout };

    /// <summary>Waits until it is so. The clock stands still.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        using var timeout = new CancellationTokenSource(TestTimeouts.Default);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!isSo())
            await pause.WaitForNextTickAsync(timeout.Token);
    }

    /// <summary>Lets the clock go on, a tenth of a second at a time, until it is so.</summary>
    public async Task AdvanceUntilAsync(Func<bool> isSo) => await UntilAsync(() =>
    {
        if (isSo())
            return true;
        Time.Advance(TimeSpan.FromMilliseconds(100));
        return false;
    });

    public async ValueTask DisposeAsync()
    {
        Disk.Free = long.MaxValue;
        foreach (var engine in _engines)
            await engine.DisposeAsync();
        await _log.DisposeAsync();
        foreach (var folder in _folders)
            Directory.Delete(folder, recursive: true);
    }

    private string NewFolder()
    {
        _folders.Add(Directory.CreateTempSubdirectory("outrider-tasks-").FullName);
        return _folders[^1];
    }
}
