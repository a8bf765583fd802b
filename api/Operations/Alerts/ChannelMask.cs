using System.Text.RegularExpressions;
using Outrider.Grains.Notifications;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Alerts;

/// <summary>
/// Hides what is secret in a channel, and puts it back when a channel comes back as it was shown. References to secrets are shown. What was
/// hidden never goes to another place than it was written for.
/// </summary>
public static partial class ChannelMask
{
    public const string Hidden = "***";

    public static ChannelDefinition Hide(ChannelDefinition channel) => channel with
    {
        Url = HideUrl(channel),
        Secret = HideText(channel.Secret),
        Headers = channel.Headers.ToDictionary(header => header.Key, header => HideText(header.Value)!),
        Mail = channel.Mail is { } mail ? mail with { Password = HideText(mail.Password) } : null,
    };

    /// <summary>
    /// The channel with what <paramref name="stored"/> has where it is hidden; <c>invalid_argument</c>: there is nothing to put there, or
    /// the channel goes elsewhere now.
    /// </summary>
    public static Outcome<ChannelDefinition> Restore(ChannelDefinition given, ChannelDefinition? stored)
    {
        if (!IsHidden(given))
            return given;
        if (stored is null)
            return Missing("there is no such channel yet");
        var shown = Hide(stored);
        if (given.Type != stored.Type || given.Url != shown.Url || given.Mail?.Host != shown.Mail?.Host || given.Mail?.Port != shown.Mail?.Port
            || given.Mail?.User != shown.Mail?.User || given.Mail?.Security != shown.Mail?.Security)
        {
            return Missing("the channel goes elsewhere than before");
        }
        if (given.Headers.Any(header => header.Value == Hidden && !stored.Headers.ContainsKey(header.Key)))
            return Missing("a header has never had a value");
        return given with
        {
            Url = stored.Url,
            Secret = given.Secret == Hidden ? stored.Secret : given.Secret,
            Headers = given.Headers.ToDictionary(header => header.Key, header => header.Value == Hidden ? stored.Headers[header.Key] : header.Value),
            Mail = given.Mail is { Password: Hidden } mail ? mail with { Password = stored.Mail?.Password } : given.Mail,
        };
    }

    private static bool IsHidden(ChannelDefinition channel) =>
        channel.Url?.Contains(Hidden, StringComparison.Ordinal) == true || channel.Secret == Hidden || channel.Mail?.Password == Hidden
        || channel.Headers.ContainsValue(Hidden);

    /// <summary>Slack's and Feishu's addresses hold the token in their path, others' in the query.</summary>
    private static string? HideUrl(ChannelDefinition channel)
    {
        if (channel.Url is not { } url)
            return null;
        if (IsReference(url))
            return url;
        var start = url.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        var from = channel.Type is ChannelType.Slack or ChannelType.Feishu
            ? url.IndexOf('/', start)
            : url.IndexOf('?', start);
        return from < 0 || url.Length == from + 1 || HasOnlyReferences(url[(from + 1)..]) ? url : url[..(from + 1)] + Hidden;
    }

    private static bool HasOnlyReferences(string query) =>
        query.Split('&').All(pair => IsReference(pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]));

    private static string? HideText(string? text) => string.IsNullOrEmpty(text) || IsReference(text) ? text : Hidden;

    /// <summary>Nothing but references, and words before them such as <c>Bearer</c>.</summary>
    private static bool IsReference(string text) => Reference().IsMatch(text);

    private static Problem Missing(string why) =>
        TenantRules.Invalid($"'{Hidden}' stands for what was there before, and {why}. Write the value itself, or ${{secret:name}}.");

    [GeneratedRegex(@"^([A-Za-z]{1,16} )?(\$\{secret:[^}]*\})+\z")]
    private static partial Regex Reference();
}
