using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;

namespace Outrider.Api.Operations.Alerts;

/// <summary>A channel as front doors show and take it: what is secret in it is <see cref="ChannelMask.Hidden"/>.</summary>
public sealed record ChannelView
{
    /// <summary>As in the address.</summary>
    public string? Name { get; init; }

    public ChannelType? Type { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Gets the alerts of rules that name no channel.</summary>
    public bool Default { get; init; }

    public AlertSeverity MinSeverity { get; init; } = AlertSeverity.Info;

    public bool SendResolved { get; init; } = true;

    public MessageLanguage Language { get; init; } = MessageLanguage.Zh;

    /// <summary>http or https; left out for mail.</summary>
    public string? Url { get; init; }

    public Dictionary<string, string>? Headers { get; init; }

    public string? Secret { get; init; }

    public MailServer? Mail { get; init; }

    public string? TitleTemplate { get; init; }

    public string? ContentTemplate { get; init; }

    /// <summary>In the answer about one channel: how it is doing. Not read.</summary>
    public ChannelHealth? Health { get; init; }

    /// <summary>The channel without what is secret in it.</summary>
    public static ChannelView Of(ChannelDefinition channel, ChannelHealth? health = null)
    {
        var shown = ChannelMask.Hide(channel);
        return new ChannelView
        {
            Name = shown.Name,
            Type = shown.Type,
            Enabled = shown.Enabled,
            Default = shown.Default,
            MinSeverity = shown.MinSeverity,
            SendResolved = shown.SendResolved,
            Language = shown.Language,
            Url = shown.Url,
            Headers = shown.Headers,
            Secret = shown.Secret,
            Mail = shown.Mail,
            TitleTemplate = shown.TitleTemplate,
            ContentTemplate = shown.ContentTemplate,
            Health = health,
        };
    }

    internal ChannelDefinition ToDefinition(string name, ChannelType type) => new()
    {
        Name = name,
        Type = type,
        Enabled = Enabled,
        Default = Default,
        MinSeverity = MinSeverity,
        SendResolved = SendResolved,
        Language = Language,
        Url = Url,
        Headers = Headers ?? [],
        Secret = Secret,
        Mail = Mail,
        TitleTemplate = TitleTemplate,
        ContentTemplate = ContentTemplate,
    };
}
