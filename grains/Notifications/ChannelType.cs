using System.Text.Json.Serialization;

namespace Outrider.Grains.Notifications;

/// <summary>What a channel speaks.</summary>
public enum ChannelType
{
    Webhook,

    [JsonStringEnumMemberName("dingtalk")]
    DingTalk,

    [JsonStringEnumMemberName("wechat_work")]
    WeChatWork,
    Feishu,
    Slack,
    Email,
}
