namespace Outrider.Grains.Notifications;

/// <summary>How often and how long a receiver is tried. Pure.</summary>
public static class DeliveryPace
{
    /// <summary>Tries in quick succession. What fails them lets others go first, so that one message can't block its channel.</summary>
    public const int QuickTries = 3;

    /// <summary>A notification that waited for this long isn't tried again once its quick tries are over: it is too old to be of use.</summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    /// <summary>The pause after so many failures in a row: 1 s, 5 s, 30 s, then twice as long each time, up to 5 minutes.</summary>
    /// <param name="failures">1 or more.</param>
    public static TimeSpan Pause(int failures) => failures switch
    {
        <= 1 => TimeSpan.FromSeconds(1),
        2 => TimeSpan.FromSeconds(5),
        > 6 => s_longest,
        _ => TimeSpan.FromSeconds(30 << (failures - QuickTries)),
    };

    /// <summary>A notification after a try.</summary>
    /// <param name="tried">When the try began.</param>
    /// <param name="settled">When it was known what came of it.</param>
    public static Notification Settle(Notification notification, DeliveryResult result, DateTimeOffset tried, DateTimeOffset settled)
    {
        var attempts = notification.Attempts + 1;
        var over = result.Permanent || (attempts >= QuickTries && settled - notification.At >= GivenUpAfter);
        return notification with
        {
            Status = result.Delivered ? NotificationStatus.Sent : over ? NotificationStatus.Failed : NotificationStatus.Waiting,
            Attempts = attempts,
            LastAttemptAt = tried,
            DeliveredAt = result.Delivered ? settled : null,
            Result = result.Detail,
        };
    }
}
