using Outrider.Grains.Alerts;

namespace Outrider.Grains.Notifications.Messages;

/// <summary>A channel's own text, with placeholders such as <c>{{agent}}</c>.</summary>
internal static class MessageTemplate
{
    public const int MaxLength = 4_000;

    /// <summary>What is wrong with a template; null: nothing.</summary>
    public static string? Fault(string template) =>
        template.Length > MaxLength ? $"may have {MaxLength} characters; it has {template.Length}"
        : Placeholders.Unknown(template, MessageFacts.Names.Contains) is { } unknown
            ? $"names {unknown}, which is no placeholder; there are {Placeholders.List(MessageFacts.Names)}"
        : null;

    public static string Fill(string template, MessageFacts facts) => Placeholders.Fill(template, facts.Find);
}
