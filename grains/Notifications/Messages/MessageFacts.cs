using System.Globalization;
using Outrider.Grains.Alerts;

namespace Outrider.Grains.Notifications.Messages;

/// <summary>What can be said of one notification, by the names that templates use. Values are data: no markdown survives in them.</summary>
internal sealed class MessageFacts(Notification notification, DateTimeOffset at, MessageWords words)
{
    private static readonly Dictionary<string, Func<MessageFacts, string>> s_facts = new(StringComparer.Ordinal)
    {
        ["rule"] = facts => facts.Rule,
        ["severity"] = facts => facts.Severity,
        ["agent"] = facts => facts.Agent,
        ["subject"] = facts => facts.Subject,
        ["metric"] = facts => MarkdownText.Escape(facts.Alert.Metric),
        ["value"] = facts => facts.Value,
        ["threshold"] = facts => facts.Threshold,
        ["condition"] = facts => facts.Condition,
        ["state"] = facts => facts.State,
        ["since"] = facts => facts.Since,
        ["duration"] = facts => facts.Duration,
        ["reason"] = facts => facts.Reason,
        ["summary"] = facts => facts.Summary,
        ["id"] = facts => MarkdownText.Escape(facts.Alert.Id),
        ["rule_id"] = facts => MarkdownText.Escape(facts.Alert.Rule),
        ["fired_at"] = facts => MessageValues.Time(facts.Alert.FiredAt),
        ["resolved_at"] = facts => facts.Alert.ResolvedAt is { } resolved ? MessageValues.Time(resolved) : "",
        ["notified"] = facts => facts.Alert.Notified.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The names that templates may use.</summary>
    public static IReadOnlyCollection<string> Names => s_facts.Keys;

    public Alert Alert => notification.Alert;

    public string State => words.Kinds[notification.Kind];

    public string Severity => words.Severities[Alert.Severity];

    public string Rule => MarkdownText.Escape(Alert.RuleName);

    public string Agent => MarkdownText.Escape(Alert.Agent);

    public string Subject => MarkdownText.Escape(string.Join(", ", Alert.Labels.Select(label => $"{label.Name}={label.Value}")));

    public string Condition => MarkdownText.Escape(Alert.Condition);

    /// <summary>What was compared last; empty when it was resolved and nothing was compared then.</summary>
    public string Value => notification.Kind is NotificationKind.Resolved
        ? Alert.ResolvedValue is { } value ? MessageValues.Text(Alert.Metric, value, words) : ""
        : MessageValues.Text(Alert.Metric, Alert.Value, words);

    public string Threshold => MessageValues.Text(Alert.Metric, Alert.Threshold, words);

    public string Since => MessageValues.Time(Alert.StartedAt);

    /// <summary>Until it was resolved, or until now.</summary>
    public string Duration => MessageValues.Duration((Alert.ResolvedAt ?? at) - Alert.StartedAt, words);

    public string Reason => Alert.Reason is { } reason ? words.Reasons[reason] : "";

    public string Summary => MarkdownText.Escape(Alert.Summary ?? "");

    /// <summary>The fact of this name; empty when there is none.</summary>
    public string Find(string name) => s_facts.GetValueOrDefault(name)?.Invoke(this) ?? "";
}
