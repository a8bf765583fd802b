using Outrider.Grains.Alerts.Rules;
using Outrider.Grains.Notifications;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts;

/// <summary>Decides what becomes of alerts and what is told of them: pure steps from an alert to the next.</summary>
public static class AlertDesk
{
    /// <summary>The alert of an event that says it fires.</summary>
    public static Alert Open(AlertEvent found, RuleDefinition rule, DateTimeOffset now)
    {
        var alert = Untold(found, rule, now);
        return rule.Summary is { } template ? alert with { Summary = SummaryTemplate.Fill(template, alert) } : alert;
    }

    private static Alert Untold(AlertEvent found, RuleDefinition rule, DateTimeOffset now) => new()
    {
        Id = found.Id,
        Rule = rule.Id,
        RuleName = rule.Name,
        Severity = rule.Severity,
        Agent = found.Agent,
        Metric = found.Metric,
        Labels = found.Labels,
        Condition = RuleText.Of(rule),
        Value = found.Value,
        Threshold = rule.Threshold,
        StartedAt = found.StartedAt,
        FiredAt = found.FiredAt,
        ChangedAt = now,
    };

    /// <summary>The alert when it has ended.</summary>
    public static Alert Close(Alert alert, DateTimeOffset at, double? value, ResolveReason reason, DateTimeOffset now) => alert with
    {
        State = AlertState.Resolved, ResolvedAt = at, ResolvedValue = value, Reason = reason, SilencedBy = null, ChangedAt = now,
    };

    /// <summary>
    /// What is told of an alert that fires: at first, again when nobody took it on, and when a silence that held it back has ended. The alert
    /// as it was when there is nothing to tell.
    /// </summary>
    /// <param name="dueAt">When what is told now goes out: later than <paramref name="now"/> when the rule collects.</param>
    public static (Alert Alert, List<Notification> Outbox) Tell(
        Alert alert, RuleDefinition rule, AlertSettingsView settings, DateTimeOffset now, DateTimeOffset dueAt)
    {
        var silence = settings.Silences.FirstOrDefault(one => Holds(one, alert, now))?.Id;
        if (silence != alert.SilencedBy)
            alert = alert with { SilencedBy = silence, ChangedAt = now };
        if (silence is not null || alert.AcknowledgedAt is not null
            || now - alert.NotifiedAt < TimeSpan.FromMinutes(rule.RepeatMinutes))
            return (alert, []);
        var channels = Channels(rule, settings).Where(channel => alert.Severity >= channel.MinSeverity).Select(channel => channel.Name).ToList();
        if (channels.Count == 0)
            return (alert, []);
        var kind = alert.Notified == 0 ? NotificationKind.Fired : NotificationKind.Repeated;
        var told = alert with
        {
            NotifiedAt = dueAt, Notified = alert.Notified + 1, ToldTo = [.. alert.ToldTo.Union(channels, StringComparer.Ordinal)], ChangedAt = now,
        };
        return (told, Notices(told, kind, channels, dueAt, alert.Notified));
    }

    /// <summary>What is told of an alert that has ended: to those who were told that it fires.</summary>
    public static List<Notification> TellEnd(Alert alert, AlertSettingsView settings, DateTimeOffset now)
    {
        var channels = settings.Channels.Where(channel => channel.SendResolved && alert.ToldTo.Contains(channel.Name)).Select(channel => channel.Name);
        // Not before what it ends.
        return Notices(alert, NotificationKind.Resolved, channels, alert.NotifiedAt > now ? alert.NotifiedAt.Value : now, 0);
    }

    /// <summary>Whether a silence holds back an alert now.</summary>
    public static bool Holds(Silence silence, Alert alert, DateTimeOffset now) =>
        silence.From <= now && now < silence.To
        && Names.Matches(silence.Rule, alert.Rule) && Names.Matches(silence.Agent, alert.Agent)
        && silence.Labels.TrueForAll(label => HasLabel(alert.Labels, LabelPattern.Of(label)));

    private static bool HasLabel(List<Label> labels, LabelPattern wanted) => wanted.Matches(labels.Find(label => label.Name == wanted.Name).Value);

    private static IEnumerable<ChannelDefinition> Channels(RuleDefinition rule, AlertSettingsView settings) => rule.Channels.Count == 0
        ? settings.Channels.Where(channel => channel.Default)
        : settings.Channels.Where(channel => rule.Channels.Contains(channel.Name));

    private static List<Notification> Notices(Alert alert, NotificationKind kind, IEnumerable<string> channels, DateTimeOffset at, int number) =>
        [.. channels.Select(channel => new Notification
        {
            Id = Notification.IdOf(alert.Id, kind, number), Channel = channel, Kind = kind, At = at, Alert = alert,
        })];
}
