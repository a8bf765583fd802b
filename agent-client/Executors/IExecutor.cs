using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors;

/// <summary>The part of an agent that runs one type of task. A type that the agent's policy doesn't enable has no executor.</summary>
public interface IExecutor
{
    /// <summary>The tasks' type and the capability the centre is told: <c>sql</c>.</summary>
    string Type { get; }

    /// <summary>
    /// Runs a task to its end. Called up to 100 times at once. A failure is a completion with a problem; an exception that gets out is
    /// reported as <c>internal</c>. <see cref="TaskComplete.PayloadBytes"/> and <see cref="TaskComplete.ElapsedMs"/> are filled in by the link.
    /// </summary>
    /// <param name="task">What to do.</param>
    /// <param name="payload">Where the result's bytes go while it runs.</param>
    /// <param name="cancellation">Fires when the centre cancels, the link is lost or the agent stops: whoever asked is gone.</param>
    Task<TaskComplete> RunAsync(TaskCreate task, IPayloadSink payload, CancellationToken cancellation);
}
