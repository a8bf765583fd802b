using Outrider.Agent.Tasks;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Agent.Tasks;

/// <summary>The centre's end of one link of a task engine, in memory. It takes output and remembers all it is told.</summary>
internal sealed class ScriptedCentre : ITaskCentre
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _over = new();
    private readonly List<TaskStates> _states = [];
    private readonly List<(string Task, LogChunk Chunk)> _chunks = [];
    private readonly List<TaskComplete> _ends = [];
    private readonly TaskEngine _engine;
    private Task _serving = Task.CompletedTask;

    private ScriptedCentre(TaskEngine engine) => _engine = engine;

    /// <summary>Whether it acknowledges output as it comes.</summary>
    public bool TakesOutput { get; set; } = true;

    public IReadOnlyList<TaskStates> States
    {
        get
        {
            lock (_lock)
                return [.. _states];
        }
    }

    public IReadOnlyList<TaskComplete> Ends
    {
        get
        {
            lock (_lock)
                return [.. _ends];
        }
    }

    /// <summary>Begins a link.</summary>
    public static ScriptedCentre Link(TaskEngine engine)
    {
        var centre = new ScriptedCentre(engine);
        centre._serving = engine.ServeAsync(centre, centre._over.Token);
        return centre;
    }

    /// <summary>What it was told last of a task; null: nothing.</summary>
    public TaskReport? Of(string task) => States.SelectMany(states => states.Tasks).LastOrDefault(report => report.TaskId == task);

    public TaskComplete? EndOf(string task) => Ends.LastOrDefault(end => end.TaskId == task);

    public IReadOnlyList<LogChunk> Chunks(string task)
    {
        lock (_lock)
            return [.. _chunks.Where(one => one.Task == task).Select(one => one.Chunk)];
    }

    /// <summary>The bytes of a stream that came, in order.</summary>
    public byte[] Output(string task, TaskStream stream = TaskStream.Stdout) =>
        [.. Chunks(task).Where(chunk => chunk.Stream == stream).SelectMany(chunk => chunk.Bytes.ToArray())];

    /// <summary>Ends the link.</summary>
    public async Task CutAsync()
    {
        await _over.CancelAsync();
        await _serving;
    }

    public Task<bool> SendAsync(TaskStates states)
    {
        lock (_lock)
            _states.Add(states);
        return Going();
    }

    public Task<bool> SendAsync(string task, int attempt, IReadOnlyList<LogChunk> chunks)
    {
        lock (_lock)
            _chunks.AddRange(chunks.Select(chunk => (task, chunk with { Bytes = chunk.Bytes.ToArray() })));
        if (TakesOutput)
            _engine.Continue(new TaskLog(task, attempt, chunks[^1].Number + 1));
        return Going();
    }

    public Task<bool> SendAsync(TaskComplete end)
    {
        lock (_lock)
            _ends.Add(end);
        return Going();
    }

    private Task<bool> Going() => Task.FromResult(!_over.IsCancellationRequested);
}
