namespace Outrider.Silo.Embedded;

/// <summary>What a host has done since it started; for /metrics and for tests.</summary>
public sealed class HostCounters
{
    private long _activations;
    private long _deactivations;
    private long _refusals;
    private long _conflicts;
    private long _feedItemsDropped;

    public long Activations => Interlocked.Read(ref _activations);

    public long Deactivations => Interlocked.Read(ref _deactivations);

    /// <summary>Calls refused because a mailbox was full.</summary>
    public long MailboxRefusals => Interlocked.Read(ref _refusals);

    /// <summary>Saves refused because the stored state was newer.</summary>
    public long StateConflicts => Interlocked.Read(ref _conflicts);

    /// <summary>Items that slow subscribers of feeds have lost.</summary>
    public long FeedItemsDropped => Interlocked.Read(ref _feedItemsDropped);

    internal void Activated() => Interlocked.Increment(ref _activations);

    internal void Deactivated() => Interlocked.Increment(ref _deactivations);

    internal void Refused() => Interlocked.Increment(ref _refusals);

    internal void Conflicted() => Interlocked.Increment(ref _conflicts);

    internal void FeedItemDropped() => Interlocked.Increment(ref _feedItemsDropped);
}
