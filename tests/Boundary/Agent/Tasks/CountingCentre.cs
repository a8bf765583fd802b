using Outrider.Agent.Tasks;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Boundary.Agent.Tasks;

/// <summary>A centre that takes all output and counts it.</summary>
internal sealed class CountingCentre(TaskEngine engine) : ITaskCentre
{
    private long _bytes;

    public long Bytes => Interlocked.Read(ref _bytes);

    public Task<bool> SendAsync(TaskStates states) => Task.FromResult(true);

    public Task<bool> SendAsync(string task, int attempt, IReadOnlyList<LogChunk> chunks)
    {
        Interlocked.Add(ref _bytes, chunks.Sum(chunk => (long)chunk.Bytes.Length));
        engine.Continue(new TaskLog(task, attempt, chunks[^1].Number + 1));
        return Task.FromResult(true);
    }

    public Task<bool> SendAsync(TaskComplete end) => Task.FromResult(true);
}
