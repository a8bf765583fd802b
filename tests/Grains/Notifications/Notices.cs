using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;

namespace Outrider.Tests.Grains.Notifications;

/// <summary>Notifications for tests.</summary>
internal static class Notices
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="alert">The alert's id.</param>
    /// <param name="second">When it was put into the outbox.</param>
    public static Notification Of(string alert, int second = 0, string rule = "cpu", NotificationKind kind = NotificationKind.Fired, int repetition = 0) => new()
    {
        Id = Notification.IdOf(alert, kind, repetition),
        Channel = "ops",
        Kind = kind,
        At = Start.AddSeconds(second),
        Alert = new Alert
        {
            Id = alert, Rule = rule, RuleName = rule, Severity = AlertSeverity.Warning, Agent = "prod-1", Metric = "host_load1",
            Condition = "host_load1 > 1", StartedAt = Start, FiredAt = Start,
        },
    };
}
