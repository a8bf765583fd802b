using Outrider.Agent.Tasks;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors;

/// <summary>Takes the output of one running task, in order. Streams may be written from several threads.</summary>
public interface ITaskOutput
{
    /// <summary>
    /// Takes bytes of any length; they may be reused once it returns. It returns only when there is room again, so a slow link slows the
    /// executor down and memory stays bounded. Throws <see cref="OperationCanceledException"/> when the task shall stop.
    /// </summary>
    ValueTask WriteAsync(TaskStream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>
    /// Notes what the task started, so that it is ended should the agent die before it. To be called at once after a process that leads a
    /// group of its own was started. Of a query nothing is noted: it starts none.
    /// </summary>
    void Started(TaskProcesses processes)
    {
    }
}
