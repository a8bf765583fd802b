using System.Security.Cryptography;
using System.Text;
using Outrider.Grains.Notifications;

namespace Outrider.Api.Operations.Alerts;

/// <summary>Where an <see cref="OldRule"/> is told.</summary>
/// <param name="Type">webhook, dingtalk, wechat_work, feishu or slack.</param>
/// <param name="Url">Its address.</param>
public sealed record OldAction(ChannelType Type, string Url)
{
    /// <summary>The channel that it is: the same for the same address.</summary>
    internal ChannelDefinition ToChannel()
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(Url));
        return new ChannelDefinition { Name = $"{Type.ToString().ToLowerInvariant()}-{Convert.ToHexStringLower(digest, 0, 4)}", Type = Type, Url = Url };
    }
}
