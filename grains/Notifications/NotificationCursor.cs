namespace Outrider.Grains.Notifications;

/// <summary>Where a page of notifications ended: the next one begins after this.</summary>
public sealed record NotificationCursor(DateTimeOffset At, string Channel, string Id);
