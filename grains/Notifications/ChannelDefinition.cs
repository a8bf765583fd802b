using Outrider.Grains.Alerts;

namespace Outrider.Grains.Notifications;

/// <summary>
/// Where alerts are told: one receiver of a tenant. <see cref="Url"/>, header values, <see cref="Secret"/> and a mail password may refer to
/// a secret of the tenant by <c>${secret:name}</c>, which is filled in only while it is sent.
/// </summary>
public sealed record ChannelDefinition
{
    /// <summary>Unique within the tenant; letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 64.</summary>
    public required string Name { get; init; }

    public required ChannelType Type { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Gets the alerts of rules that name no channel.</summary>
    public bool Default { get; init; }

    /// <summary>Milder alerts aren't told here.</summary>
    public AlertSeverity MinSeverity { get; init; } = AlertSeverity.Info;

    /// <summary>Whether the end of an alert is told, too.</summary>
    public bool SendResolved { get; init; } = true;

    public MessageLanguage Language { get; init; } = MessageLanguage.Zh;

    /// <summary>http or https; null for mail.</summary>
    public string? Url { get; init; }

    /// <summary>Sent along with a webhook.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>What DingTalk and Feishu messages are signed with; null: not signed.</summary>
    public string? Secret { get; init; }

    /// <summary>For mail.</summary>
    public MailServer? Mail { get; init; }

    /// <summary>Own title, with placeholders; null: the usual one in the channel's language.</summary>
    public string? TitleTemplate { get; init; }

    /// <summary>Own text, with placeholders; null: the usual one.</summary>
    public string? ContentTemplate { get; init; }
}
