using System.Text;
using Outrider.Agent.Executors;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Agent.Executors;

/// <summary>Keeps what an executor writes.</summary>
internal sealed class RecordingOutput : ITaskOutput
{
    private readonly Dictionary<TaskStream, MemoryStream> _streams = [];

    public string Stdout => Text(TaskStream.Stdout);

    public string Notes => Text(TaskStream.Note);

    public ValueTask WriteAsync(TaskStream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_streams)
            (_streams.TryGetValue(stream, out var known) ? known : _streams[stream] = new MemoryStream()).Write(bytes.Span);
        return ValueTask.CompletedTask;
    }

    private string Text(TaskStream stream)
    {
        lock (_streams)
            return _streams.TryGetValue(stream, out var known) ? Encoding.UTF8.GetString(known.ToArray()) : "";
    }
}
