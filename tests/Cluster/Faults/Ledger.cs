using System.Collections.Concurrent;

namespace Outrider.Tests.Cluster.Faults;

/// <summary>What callers were told, and what they had to repeat.</summary>
internal sealed class Ledger
{
    public ConcurrentQueue<Acknowledgement> Acknowledged { get; } = new();

    public ConcurrentQueue<FailedAttempt> Failed { get; } = new();

    /// <summary>When the last attempt failed.</summary>
    public DateTimeOffset LastFailure => Failed.LastOrDefault()?.At ?? DateTimeOffset.MinValue;

    /// <summary>What was done of one kind.</summary>
    public List<Acknowledgement> Of(string what) => [.. Acknowledged.Where(one => one.What == what)];
}
