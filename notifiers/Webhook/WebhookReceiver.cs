using Outrider.Grains.Notifications;
using Outrider.Notifiers.Http;

namespace Outrider.Notifiers.Webhook;

/// <summary>Posts messages as data, see docs/notifications.md.</summary>
internal sealed class WebhookReceiver(HttpReceivers http) : IReceiver
{
    public Task<DeliveryResult> SendAsync(ChannelDefinition channel, Message message, CancellationToken cancellation) =>
        http.PostAsync(channel.Url ?? "", WebhookDocument.Of(message), channel.Headers, cancellation);
}
