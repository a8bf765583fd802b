using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Pure.Notifications;

/// <summary>Notifications and channels for tests.</summary>
internal static class Notices
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static readonly Alert Disk = new()
    {
        Id = "0123456789abcdef0123456789abcdef", Rule = "disk", RuleName = "File system full", Severity = AlertSeverity.Critical, Agent = "prod-1",
        Metric = "host_disk_percent", Labels = [new Label("mount", "/var"), new Label("device", "sda1")],
        Condition = "host_disk_percent > 85 for 5m", Value = 93.456, Threshold = 85, StartedAt = Start, FiredAt = Start.AddMinutes(5),
    };

    public static Notification Of(Alert alert, NotificationKind kind = NotificationKind.Fired) => new()
    {
        Id = Notification.IdOf(alert.Id, kind, 1), Channel = "ops", Kind = kind, At = alert.FiredAt, Alert = alert,
    };

    public static ChannelDefinition Channel(ChannelType type = ChannelType.DingTalk, MessageLanguage language = MessageLanguage.En) =>
        new() { Name = "ops", Type = type, Language = language, Url = "https://example.com/hook" };
}
