using System.Text.RegularExpressions;
using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Notifications;

namespace Outrider.Grains.Secrets;

/// <summary>Where <c>${secret:name}</c> stands in a channel, and what stands there while it is sent. Pure.</summary>
public static partial class SecretReferences
{
    public const string NameRule = RuleNames.Rule;

    public static bool IsName(string? text) => RuleNames.IsId(text);

    /// <summary>The secrets that a channel refers to, each once.</summary>
    public static List<string> Names(ChannelDefinition channel) => [.. Texts(channel).SelectMany(NamesIn).Distinct(StringComparer.Ordinal)];

    /// <summary>The secrets that a text refers to; also names that no secret can have.</summary>
    public static IEnumerable<string> NamesIn(string? text) => Reference().Matches(text ?? "").Select(match => match.Groups[1].Value);

    /// <summary>The channel with what its references mean; those to secrets that aren't given stay.</summary>
    public static ChannelDefinition Fill(ChannelDefinition channel, IReadOnlyDictionary<string, string> secrets) => channel with
    {
        Url = Fill(channel.Url, secrets),
        Secret = Fill(channel.Secret, secrets),
        Headers = channel.Headers.ToDictionary(header => header.Key, header => Fill(header.Value, secrets)!),
        Mail = channel.Mail is { } mail ? mail with { Password = Fill(mail.Password, secrets) } : null,
    };

    /// <summary>A text with something else in place of every reference.</summary>
    public static string? Fill(string? text, IReadOnlyDictionary<string, string> secrets) => text is null
        ? null
        : Reference().Replace(text, match => secrets.GetValueOrDefault(match.Groups[1].Value, match.Value));

    /// <summary>A text without the values of secrets, as they are and as they stand in a URL.</summary>
    public static string Mask(string text, IEnumerable<string> values)
    {
        foreach (var value in values.OrderByDescending(value => value.Length))
        {
            text = text.Replace(value, "***", StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(value), "***", StringComparison.OrdinalIgnoreCase);
        }
        return text;
    }

    private static IEnumerable<string?> Texts(ChannelDefinition channel) =>
        [channel.Url, channel.Secret, channel.Mail?.Password, .. channel.Headers.Values];

    [GeneratedRegex(@"\$\{secret:([^}]*)\}")]
    private static partial Regex Reference();
}
