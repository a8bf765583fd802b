using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Protocol.Tasks;

/// <summary>Agent to centre, frame <c>task_complete</c>: what became of a task. Its payload came before, in binary frames.</summary>
public sealed record TaskComplete : ILinkMessage
{
    public required string TaskId { get; init; }

    /// <summary><c>success</c>, <c>failed</c>, <c>canceled</c>, <c>lost</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why, unless it is success.</summary>
    public Problem? Problem { get; init; }

    /// <summary>For <c>sql</c>: rows in the payload.</summary>
    public int Rows { get; init; }

    /// <summary>For <c>sql</c>: null if whole, else the limit that cut it: <c>rows</c> or <c>bytes</c>.</summary>
    public string? Truncated { get; init; }

    /// <summary>Milliseconds on the agent, from receipt to completion.</summary>
    public double ElapsedMs { get; init; }

    /// <summary>Bytes of payload that were sent, so that the centre can tell that it has all.</summary>
    public long PayloadBytes { get; init; }
}
