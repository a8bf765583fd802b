using Outrider.Protocol.Link;

namespace Outrider.Protocol.Tasks;

/// <summary>Centre to agent, frame <c>task_ack</c>: the end of this attempt is kept for good, or nobody wants to know it; the agent forgets it, and ends it if it still runs.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Attempt">Of its <see cref="TaskComplete"/>.</param>
public sealed record TaskAck(string TaskId, int Attempt) : ILinkMessage;
