using Outrider.Grains.Notifications;

namespace Outrider.Notifiers.Webhook;

/// <summary>The body that a webhook gets.</summary>
/// <param name="Timestamp">Unix seconds.</param>
internal sealed record WebhookDocument(string Title, string Content, long Timestamp, string Source, List<WebhookAlert> Alerts)
{
    public static WebhookDocument Of(Message message) => new(
        message.Title, message.Content, message.At.ToUnixTimeSeconds(), "outrider", [.. message.Notifications.Select(WebhookAlert.Of)]);
}
