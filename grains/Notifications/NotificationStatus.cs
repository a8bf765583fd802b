namespace Outrider.Grains.Notifications;

/// <summary>How far a notification is.</summary>
public enum NotificationStatus
{
    Waiting,

    /// <summary>The receiver said that it has it.</summary>
    Sent,

    /// <summary>Every try failed.</summary>
    Failed,

    /// <summary>The channel had too many waiting, or is no longer there.</summary>
    Dropped,
}
