namespace Outrider.Grains.Notifications;

/// <summary>A message that a channel has given to its sender.</summary>
/// <param name="Id">Never used again.</param>
/// <param name="At">When it was given.</param>
/// <param name="Notifications">What it tells.</param>
internal sealed record ChannelAttempt(string Id, DateTimeOffset At, List<Notification> Notifications);
