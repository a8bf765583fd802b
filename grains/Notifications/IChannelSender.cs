using Outrider.Grains.Runtime;

namespace Outrider.Grains.Notifications;

/// <summary>Talks to one receiver, so that its channel needn't wait for it. Key: that of its <see cref="IChannel"/>.</summary>
public interface IChannelSender : IGrain
{
    /// <summary>Sends once and tells the channel what came of it. The caller doesn't wait for that.</summary>
    [Idempotent]
    [CallDeadline(60)]
    Task SendAsync(string attempt, ChannelDefinition channel, List<Notification> notifications);
}
