using Outrider.Grains.Notifications;

namespace Outrider.Notifiers;

/// <summary>One way to talk to receivers. What goes wrong on the way may be thrown.</summary>
internal interface IReceiver
{
    Task<DeliveryResult> SendAsync(ChannelDefinition channel, Message message, CancellationToken cancellation);
}
