using System.Globalization;
using Outrider.Grains.Notifications;
using Outrider.Grains.Notifications.Messages;
using Outrider.Notifiers.Http;

namespace Outrider.Notifiers.Feishu;

/// <summary>Feishu's custom robot: text, signed in the body when the channel has a secret.</summary>
internal sealed class FeishuReceiver(HttpReceivers http) : IReceiver
{
    public Task<DeliveryResult> SendAsync(ChannelDefinition channel, Message message, CancellationToken cancellation)
    {
        var seconds = message.At.ToUnixTimeSeconds();
        var body = new
        {
            timestamp = channel.Secret is null ? null : seconds.ToString(CultureInfo.InvariantCulture),
            sign = channel.Secret is { } secret ? Signature.Feishu(seconds, secret) : null,
            msg_type = "text",
            content = new { text = MarkdownText.ToPlain(MessageLimits.Markdown(message)) },
        };
        return http.PostAsync(
            channel.Url ?? "", body, static answer => CodedAnswer.Judge(answer, ["code", "StatusCode"], ["msg", "StatusMessage"]), cancellation);
    }
}
