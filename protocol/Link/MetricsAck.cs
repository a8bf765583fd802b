using Outrider.Protocol.Outcomes;

namespace Outrider.Protocol.Link;

/// <summary>Centre to agent: what became of a metric batch.</summary>
/// <param name="Boot">Of the batch.</param>
/// <param name="Seq">Of the batch.</param>
/// <param name="Problem">
/// Null: it is stored for good, and the agent may forget it. Else it isn't: with <see cref="Outcomes.Problem.RetryAfterSeconds"/> the agent
/// sends it again, without it never.
/// </param>
public sealed record MetricsAck(string Boot, ulong Seq, Problem? Problem = null) : ILinkMessage;
