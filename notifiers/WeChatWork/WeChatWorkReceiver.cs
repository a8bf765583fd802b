using Outrider.Grains.Notifications;
using Outrider.Grains.Notifications.Messages;
using Outrider.Notifiers.Http;

namespace Outrider.Notifiers.WeChatWork;

/// <summary>WeChat Work's group robot: markdown.</summary>
internal sealed class WeChatWorkReceiver(HttpReceivers http) : IReceiver
{
    public Task<DeliveryResult> SendAsync(ChannelDefinition channel, Message message, CancellationToken cancellation) => http.PostAsync(
        channel.Url ?? "",
        new { msgtype = "markdown", markdown = new { content = MessageLimits.Markdown(message) } },
        static answer => CodedAnswer.Judge(answer, ["errcode"], ["errmsg"]),
        cancellation);
}
