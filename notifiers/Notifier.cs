using Outrider.Grains.Notifications;
using Outrider.Notifiers.DingTalk;
using Outrider.Notifiers.Email;
using Outrider.Notifiers.Feishu;
using Outrider.Notifiers.Http;
using Outrider.Notifiers.Slack;
using Outrider.Notifiers.Webhook;
using Outrider.Notifiers.WeChatWork;

namespace Outrider.Notifiers;

/// <inheritdoc cref="INotifier"/>
public sealed class Notifier : INotifier, IDisposable
{
    private readonly TimeProvider _time;
    private readonly HttpReceivers _http;
    private readonly Dictionary<ChannelType, IReceiver> _receivers;

    /// <param name="addresses">Where it may connect to.</param>
    /// <param name="time">Its clock.</param>
    public Notifier(AddressRules addresses, TimeProvider time)
    {
        var connector = new Connector(addresses);
        _time = time;
        _http = new HttpReceivers(connector);
        _receivers = new Dictionary<ChannelType, IReceiver>
        {
            [ChannelType.Webhook] = new WebhookReceiver(_http),
            [ChannelType.DingTalk] = new DingTalkReceiver(_http),
            [ChannelType.WeChatWork] = new WeChatWorkReceiver(_http),
            [ChannelType.Feishu] = new FeishuReceiver(_http),
            [ChannelType.Slack] = new SlackReceiver(_http),
            [ChannelType.Email] = new EmailReceiver(connector),
        };
    }

    public async ValueTask<DeliveryResult> SendAsync(
        string tenant, ChannelDefinition channel, Message message, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(INotifier.Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            return await _receivers[channel.Type].SendAsync(channel, message, either.Token);
        }
        catch (Exception) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new DeliveryResult(false, $"The receiver didn't answer within {INotifier.Limit.TotalSeconds:0} s.");
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            return Failures.Explain(e);
        }
    }

    public void Dispose() => _http.Dispose();
}
