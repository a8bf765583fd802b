using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications.Messages;
using Outrider.Grains.Runtime;

namespace Outrider.Grains.Notifications;

/// <inheritdoc cref="IChannelSender"/>
/// <remarks>Open to derivation because a host may add its own marker to a grain.</remarks>
public class ChannelSender(GrainContext context, INotifier notifier, AlertMetrics meter) : Grain(context), IChannelSender
{
    public async Task SendAsync(string attempt, ChannelDefinition channel, List<Notification> notifications)
    {
        var message = MessageWriter.Write(channel, notifications, Context.Time.GetUtcNow());
        var delivery = new ChannelDelivery(GrainKeys.Split(Key)[0], Context.Grains, notifier);
        var result = await delivery.SendAsync(channel, message, CancellationToken.None);
        meter.Sent(channel.Type, result.Delivered);
        await Context.Grains.Get<IChannel>(Key).SettleAsync(attempt, result);
    }
}
