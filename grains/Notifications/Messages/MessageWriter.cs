using System.Text;

namespace Outrider.Grains.Notifications.Messages;

/// <summary>Writes what is told of alerts, in a channel's language or its own words, no longer than its receiver takes.</summary>
public static class MessageWriter
{
    /// <summary>One message for notifications of one rule and kind.</summary>
    /// <param name="channel">Checked by <see cref="ChannelFaults.Of"/>.</param>
    /// <param name="notifications">1 or more.</param>
    /// <param name="at">Now.</param>
    public static Message Write(ChannelDefinition channel, IReadOnlyList<Notification> notifications, DateTimeOffset at)
    {
        var words = MessageWords.Of(channel.Language);
        var facts = notifications.Select(notification => new MessageFacts(notification, at, words)).ToList();
        var title = Line(Title(channel, facts, words));
        var room = MessageLimits.ForContent(channel.Type, title);
        var content = channel.ContentTemplate is { } template
            ? Fit("", facts, one => MessageTemplate.Fill(template, one), "\n\n", room, words)
            : facts is [var only]
                ? MarkdownText.Cut(Sheet(only, words), room)
                : Fit(Head(facts[0], words), facts, one => Entry(one, words), "\n", room, words);
        return new Message(title, content, at, notifications);
    }

    /// <summary>What a channel is tried out with.</summary>
    public static Message WriteTest(ChannelDefinition channel, DateTimeOffset at)
    {
        var words = MessageWords.Of(channel.Language);
        return new Message(words.TestTitle, words.TestContent(MarkdownText.Escape(channel.Name)), at, []);
    }

    private static string Title(ChannelDefinition channel, List<MessageFacts> facts, MessageWords words)
    {
        var first = facts[0];
        var more = facts.Count > 1 ? words.Alerts(facts.Count) : "";
        if (channel.TitleTemplate is { } template)
            return MessageTemplate.Fill(template, first) + (more.Length > 0 ? $" ({more})" : "");
        var whose = more.Length > 0 ? more : first.Agent;
        return $"[{first.State}] {first.Rule}{(whose.Length > 0 ? $" · {whose}" : "")} ({first.Severity})";
    }

    private static string Line(string title)
    {
        var line = string.Concat(title.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return MarkdownText.Cut(line.Length > 0 ? line : "Outrider", MessageLimits.Title);
    }

    /// <summary>Everything of one alert, a line for each fact that there is.</summary>
    private static string Sheet(MessageFacts facts, MessageWords words)
    {
        var sheet = new StringBuilder();
        Add(words.Severity, facts.Severity);
        Add(words.Rule, facts.Rule);
        Add(words.Agent, facts.Agent);
        Add(words.Subject, facts.Subject);
        Add(words.Condition, facts.Condition);
        Add(words.Value, facts.Value);
        Add(words.Threshold, facts.Threshold);
        Add(words.Since, facts.Since);
        Add(words.Duration, facts.Duration);
        Add(words.Reason, facts.Reason);
        Add(words.Summary, facts.Summary);
        Add(words.Id, facts.Find("id"));
        return sheet.ToString().TrimEnd('\n');

        void Add(string name, string fact)
        {
            if (fact.Length > 0)
                sheet.Append(System.Globalization.CultureInfo.InvariantCulture, $"- **{name}**{words.Colon}{fact}\n");
        }
    }

    /// <summary>What several alerts have in common.</summary>
    private static string Head(MessageFacts facts, MessageWords words) =>
        $"- **{words.Severity}**{words.Colon}{facts.Severity}\n- **{words.Rule}**{words.Colon}{facts.Rule}\n"
        + $"- **{words.Condition}**{words.Colon}{facts.Condition}\n\n";

    /// <summary>One of several alerts, in one line.</summary>
    private static string Entry(MessageFacts facts, MessageWords words)
    {
        string[] parts =
        [
            facts.Agent.Length > 0 ? $"**{facts.Agent}**" : "", facts.Subject, facts.Value, $"{words.Since} {facts.Since}",
            $"{words.Duration} {facts.Duration}", facts.Reason, facts.Summary, facts.Find("id"),
        ];
        return $"- {string.Join(" · ", parts.Where(part => part.Length > 0))}";
    }

    /// <summary>As many of the alerts as there is room for, and how many there wasn't.</summary>
    private static string Fit(
        string head, List<MessageFacts> facts, Func<MessageFacts, string> write, string separator, int room, MessageWords words)
    {
        var reserved = MessageLimits.Bytes(separator + words.More(facts.Count));
        var text = new StringBuilder(MarkdownText.Cut(head, room / 2));
        var left = room - MessageLimits.Bytes(text.ToString());
        for (var i = 0; i < facts.Count; i++)
        {
            var entry = (i > 0 ? separator : "") + write(facts[i]);
            var last = i == facts.Count - 1;
            var space = left - (last ? 0 : reserved);
            if (MessageLimits.Bytes(entry) > space)
            {
                if (i > 0)
                    return text.Append(separator).Append(words.More(facts.Count - i)).ToString();
                // Not even the first fits: a part of it is better than nothing.
                entry = MarkdownText.Cut(entry, space);
            }
            text.Append(entry);
            left -= MessageLimits.Bytes(entry);
        }
        return text.ToString();
    }
}
