using System.Globalization;
using Outrider.Grains.Notifications;
using Outrider.Grains.Notifications.Messages;
using Outrider.Notifiers.Http;

namespace Outrider.Notifiers.DingTalk;

/// <summary>DingTalk's custom robot: markdown, signed in the query when the channel has a secret.</summary>
internal sealed class DingTalkReceiver(HttpReceivers http) : IReceiver
{
    public Task<DeliveryResult> SendAsync(ChannelDefinition channel, Message message, CancellationToken cancellation) => http.PostAsync(
        Url(channel, message.At),
        new { msgtype = "markdown", markdown = new { title = message.Title, text = MessageLimits.Markdown(message) } },
        static answer => CodedAnswer.Judge(answer, ["errcode"], ["errmsg"]),
        cancellation);

    private static string Url(ChannelDefinition channel, DateTimeOffset at)
    {
        var url = channel.Url ?? "";
        if (channel.Secret is not { } secret)
            return url;
        var time = at.ToUnixTimeMilliseconds();
        var sign = Uri.EscapeDataString(Signature.DingTalk(time, secret));
        return $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}timestamp={time.ToString(CultureInfo.InvariantCulture)}&sign={sign}";
    }
}
