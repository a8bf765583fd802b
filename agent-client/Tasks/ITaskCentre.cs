using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Tasks;

/// <summary>
/// The centre as the task engine reaches it over one link. Called by one caller at a time. Each call returns once the link has taken what
/// was sent, so a slow link slows the tasks down; false: the link is over, and nothing more is asked of it.
/// </summary>
public interface ITaskCentre
{
    /// <summary>Tells how tasks are doing.</summary>
    Task<bool> SendAsync(TaskStates states);

    /// <summary>Sends output of a task, in order. The chunks' bytes are used for something else once this returns.</summary>
    /// <param name="task">The task.</param>
    /// <param name="attempt">Of its <see cref="TaskCreate"/>.</param>
    /// <param name="chunks">A few, at least one.</param>
    Task<bool> SendAsync(string task, int attempt, IReadOnlyList<LogChunk> chunks);

    /// <summary>Tells how a task ended. It waits for its <see cref="TaskAck"/>.</summary>
    Task<bool> SendAsync(TaskComplete end);
}
