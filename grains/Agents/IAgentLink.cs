using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Agents;

/// <summary>The live link of a connected agent, as grains and front doors see it. Lives at the gateway; calls overlap.</summary>
public interface IAgentLink : IGrainObserver
{
    /// <summary>
    /// Sends a task and awaits its end. Cancelling cancels it on the agent. When the link breaks meanwhile the result has status
    /// <c>lost</c> and problem <c>link_lost</c>.
    /// </summary>
    [CallDeadline(75)]
    Task<TaskResult> RunAsync(TaskCreate task, CancellationToken cancellation);

    /// <summary>Sends what the centre has to say about a task; returns once it is under way. <c>link_lost</c>; <c>agent_lacks_capability</c>: the agent runs no tasks.</summary>
    [CallDeadline(25)]
    Task<Outcome<Done>> SendAsync(TaskMessage message);

    /// <summary>Asks the agent for a sign of life and waits for it, at most 3 s. False: there was none.</summary>
    [CallDeadline(5)]
    Task<bool> PingAsync();

    /// <summary>
    /// When the agent of this session was last heard, a time still to come meaning now; null: the link doesn't serve that session (any more).
    /// </summary>
    [CallDeadline(5)]
    Task<DateTimeOffset?> LastHeardAsync(string session);

    /// <summary>Tells the agent why and closes; returns before that is over.</summary>
    [CallDeadline(5)]
    Task CloseAsync(Problem reason);
}
