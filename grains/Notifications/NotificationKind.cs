namespace Outrider.Grains.Notifications;

/// <summary>What is told of an alert; of two told at one time, the first here goes first.</summary>
public enum NotificationKind
{
    Fired,

    /// <summary>It still fires.</summary>
    Repeated,
    Resolved,
}
