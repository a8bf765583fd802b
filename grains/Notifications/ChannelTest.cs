using Outrider.Grains.Notifications.Messages;
using Outrider.Grains.Runtime;

namespace Outrider.Grains.Notifications;

/// <summary>A message of no alert, to try a channel out: also one that isn't saved, or is disabled.</summary>
public static class ChannelTest
{
    /// <summary>Sends it once, without the channel's outbox, and says what came of it.</summary>
    /// <param name="channel">Checked by <see cref="ChannelFaults.Of"/>.</param>
    /// <param name="at">Now.</param>
    public static Task<DeliveryResult> SendAsync(
        string tenant, ChannelDefinition channel, IGrains grains, INotifier notifier, DateTimeOffset at, CancellationToken cancellation) =>
        new ChannelDelivery(tenant, grains, notifier).SendAsync(channel, MessageWriter.WriteTest(channel, at), cancellation);
}
