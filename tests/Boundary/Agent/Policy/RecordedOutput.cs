using Outrider.Agent.Executors;
using Outrider.Agent.Tasks;
using Outrider.Protocol.Tasks;
using Outrider.Testing;

namespace Outrider.Tests.Boundary.Agent.Policy;

/// <summary>Takes a task's output and lets tests wait for it.</summary>
internal sealed class RecordedOutput : ITaskOutput
{
    private readonly Lock _lock = new();
    private readonly MemoryStream _stdout = new();
    private readonly MemoryStream _stderr = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskProcesses? Processes { get; private set; }

    public string Stdout => Text(_stdout);

    public string Stderr => Text(_stderr);

    /// <summary>Bytes of standard output taken.</summary>
    public long Taken { get; private set; }

    /// <summary>Whether bytes are kept; else only counted.</summary>
    public bool Keeps { get; init; } = true;

    /// <summary>Set: writing waits for it.</summary>
    public Task? Room { get; set; }

    public async ValueTask WriteAsync(TaskStream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (Room is { } room)
            await room.WaitAsync(cancellation);
        lock (_lock)
        {
            if (stream == TaskStream.Stdout)
                Taken += bytes.Length;
            if (Keeps)
                (stream == TaskStream.Stdout ? _stdout : _stderr).Write(bytes.Span);
            _more.TrySetResult();
            _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Started(TaskProcesses processes) => Processes = processes;

    public async Task<string> StdoutAsync(Func<string, bool> wanted)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (wanted(Stdout))
                    return Stdout;
                more = _more.Task;
            }
            await more.WaitAsync(TestTimeouts.Default);
        }
    }

    private string Text(MemoryStream stream)
    {
        lock (_lock)
            return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
