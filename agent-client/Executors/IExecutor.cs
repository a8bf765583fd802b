using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors;

/// <summary>
/// The part of an agent that runs one type of task. A type that the agent's policy doesn't enable has no executor. Whoever calls it writes the
/// audit: first <see cref="CheckAsync"/>, then the audit line, then <see cref="RunAsync"/>. In this order, always.
/// </summary>
public interface IExecutor
{
    /// <summary>The tasks' type and the capability the centre is told, such as <c>shell</c>.</summary>
    string Type { get; }

    /// <summary>
    /// Whether a task may be sent as it is, before its secret references are filled in: what must be a reference is one. Null: it may.
    /// <c>invalid_argument</c>.
    /// </summary>
    Problem? CheckSent(TaskCreate task) => null;

    /// <summary>
    /// Whether this may run here, by the agent's policy and by its form; runs nothing and changes nothing. Null: it may. <c>policy_refused</c>
    /// (<c>sql_refused</c> of a query): with the rule in its details as <c>rule</c>; <c>invalid_argument</c>: it can't be read.
    /// </summary>
    ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation);

    /// <summary>
    /// Runs a task that was checked to its end. Called up to 100 times at once. A failure is a completion with a problem; an exception that
    /// gets out is reported as <c>internal</c>. The caller fills in times, totals and byte counts.
    /// </summary>
    /// <param name="task">What to do; its secret references are filled in.</param>
    /// <param name="output">Where its output goes while it runs.</param>
    /// <param name="cancellation">Fires when it shall stop: it was canceled, its time is up, the agent stops, or of a query the link is lost. What it started is ended when this returns.</param>
    Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput output, CancellationToken cancellation);
}
