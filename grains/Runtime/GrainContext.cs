namespace Outrider.Grains.Runtime;

/// <summary>What a host hands to every activation: its key and the ports bound to it.</summary>
public sealed record GrainContext
{
    public required string Key { get; init; }

    public required IGrains Grains { get; init; }

    public required IGrainTimers Timers { get; init; }

    public required IReminders Reminders { get; init; }

    public required IFeeds Feeds { get; init; }

    public required IObservers Observers { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Asks the host to end this activation once the running turn is over.</summary>
    public required Action Deactivate { get; init; }
}
