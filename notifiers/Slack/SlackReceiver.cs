using Outrider.Grains.Notifications;
using Outrider.Grains.Notifications.Messages;
using Outrider.Notifiers.Http;

namespace Outrider.Notifiers.Slack;

/// <summary>Slack's incoming webhook: text in its own markup.</summary>
internal sealed class SlackReceiver(HttpReceivers http) : IReceiver
{
    public Task<DeliveryResult> SendAsync(ChannelDefinition channel, Message message, CancellationToken cancellation) => http.PostAsync(
        channel.Url ?? "", new { text = MarkdownText.ToSlack(MessageLimits.Markdown(message)) }, Judge, cancellation);

    private static DeliveryResult Judge(byte[] answer) => answer.AsSpan().Trim(" \r\n"u8).SequenceEqual("ok"u8)
        ? new DeliveryResult(true, "ok")
        : new DeliveryResult(false, "The receiver did not answer \"ok\".");
}
