using System.Text.Json;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Protocol.Tasks;

/// <summary>
/// Agent to centre, frame <c>task_complete</c>: what became of it. A query's payload came before, in binary frames; a task's log too. A
/// task's is sent again over each link until <see cref="TaskAck"/> comes.
/// </summary>
public sealed record TaskComplete : ILinkMessage
{
    public required string TaskId { get; init; }

    /// <summary>Of the <see cref="TaskCreate"/>; 0: a query.</summary>
    public int Attempt { get; init; }

    /// <summary><c>success</c>, <c>failed</c>, <c>canceled</c>, <c>lost</c> (the agent ended while it ran: what it did isn't known).</summary>
    public required string Status { get; init; }

    /// <summary>Why, unless it is success.</summary>
    public Problem? Problem { get; init; }

    /// <summary>For <c>sql</c>: rows in the payload.</summary>
    public int Rows { get; init; }

    /// <summary>For <c>sql</c>: null if whole, else the limit that cut it: <c>rows</c> or <c>bytes</c>.</summary>
    public string? Truncated { get; init; }

    /// <summary>Milliseconds on the agent, from receipt (of a task: from its start) to completion.</summary>
    public double ElapsedMs { get; init; }

    /// <summary>Bytes of payload that were sent, so that the centre can tell that it has all.</summary>
    public long PayloadBytes { get; init; }

    /// <summary>A task's result by type (docs/tasks.md): for <c>shell</c> a string, else an object. At most <see cref="TaskLimits.ResultBytes"/>.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>For <c>shell</c>: how the process ended; 128 and the signal's number when a signal ended it.</summary>
    public int? ExitCode { get; init; }

    /// <summary>A task: when it started, the agent's clock, milliseconds since 1970-01-01 UTC; null: it never did.</summary>
    public long? StartedAt { get; init; }

    /// <summary>A task: when it ended, the same.</summary>
    public long? FinishedAt { get; init; }

    /// <summary>A task: how many bytes it wrote, kept or not; null: none.</summary>
    public LogTotals? Log { get; init; }
}
