using Outrider.Protocol.Link;

namespace Outrider.Protocol.Tasks;

/// <summary>
/// Centre to agent, frame <c>task_log</c>: the log of this attempt was taken up to, not including, chunk <see cref="Next"/>; the window
/// (<see cref="TaskLimits.ChunkWindow"/>) begins there. Until the first one over a link the agent sends no chunks of a task that was
/// created over an earlier one; then it goes on from there, or from the first after it that it still has.
/// </summary>
/// <param name="TaskId">The task.</param>
/// <param name="Attempt">Of its <see cref="TaskCreate"/>.</param>
/// <param name="Next">The number of the chunk that is due next.</param>
public sealed record TaskLog(string TaskId, int Attempt, uint Next) : ILinkMessage;
