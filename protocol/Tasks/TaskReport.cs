namespace Outrider.Protocol.Tasks;

/// <summary>How a task that an agent has is doing.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Attempt">Of its <see cref="TaskCreate"/>.</param>
/// <param name="Status"><c>pending</c>: it is in the journal and waits; <c>running</c>; <c>ended</c>: its <see cref="TaskComplete"/> follows once the log is sent.</param>
/// <param name="Position">While pending: how many go before it.</param>
/// <param name="StartedAt">The agent's clock, milliseconds since 1970-01-01 UTC; null: not yet.</param>
public sealed record TaskReport(string TaskId, int Attempt, string Status, int? Position = null, long? StartedAt = null)
{
    /// <summary>The status of a task that has ended and waits to be acknowledged.</summary>
    public const string Ended = "ended";
}
