using System.Text;
using Outrider.Agent.Executors;
using Outrider.Protocol.Tasks;
using Outrider.Testing;

namespace Outrider.Tests.Boundary.Databases;

/// <summary>Keeps what a task writes, and says when a line comes.</summary>
internal sealed class RecordedOutput : ITaskOutput
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly Dictionary<TaskStream, StringBuilder> _streams = [];
    private readonly List<(string Wanted, TaskCompletionSource Found)> _waiters = [];

    public string Rows => Of(TaskStream.Stdout);

    public string Notes => Of(TaskStream.Note);

    public ValueTask WriteAsync(TaskStream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var text = Encoding.UTF8.GetString(bytes.Span);
            if (!_streams.TryGetValue(stream, out var kept))
                _streams[stream] = kept = new StringBuilder();
            kept.Append(text);
            _text.Append(text);
            foreach (var (_, found) in _waiters.Where(waiter => _text.ToString().Contains(waiter.Wanted, StringComparison.Ordinal)))
                found.TrySetResult();
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>Returns when a text was written, past or to come.</summary>
    public Task WrittenAsync(string wanted)
    {
        lock (_lock)
        {
            if (_text.ToString().Contains(wanted, StringComparison.Ordinal))
                return Task.CompletedTask;
            var found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((wanted, found));
            return found.Task.WaitAsync(TestTimeouts.Default);
        }
    }

    private string Of(TaskStream stream)
    {
        lock (_lock)
            return _streams.TryGetValue(stream, out var kept) ? kept.ToString() : "";
    }
}
