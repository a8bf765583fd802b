namespace Outrider.Agent.Executors;

/// <summary>Takes the payload of one running task, in order.</summary>
public interface IPayloadSink
{
    /// <summary>
    /// Sends bytes of any length; they may be reused once it returns. It returns only when the link has room again, so a slow link slows
    /// the executor down and memory stays bounded. Throws <see cref="OperationCanceledException"/> when the task is cancelled or the link lost.
    /// </summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);
}
