using Outrider.Grains.Alerts;

namespace Outrider.Grains.Notifications.Messages;

/// <summary>The words of messages in one language.</summary>
internal sealed record MessageWords
{
    public required string Severity { get; init; }

    public required string Rule { get; init; }

    public required string Agent { get; init; }

    public required string Subject { get; init; }

    public required string Condition { get; init; }

    public required string Value { get; init; }

    public required string Threshold { get; init; }

    public required string Since { get; init; }

    public required string Duration { get; init; }

    public required string Reason { get; init; }

    public required string Summary { get; init; }

    public required string Id { get; init; }

    /// <summary>Between a name and what it names.</summary>
    public required string Colon { get; init; }

    /// <summary>Days, hours, minutes, seconds.</summary>
    public required string[] Units { get; init; }

    public required Func<int, string> Alerts { get; init; }

    /// <summary>What is told of the alerts that a message has no room for.</summary>
    public required Func<int, string> More { get; init; }

    public required Dictionary<NotificationKind, string> Kinds { get; init; }

    public required Dictionary<AlertSeverity, string> Severities { get; init; }

    public required Dictionary<ResolveReason, string> Reasons { get; init; }

    /// <summary>Values of an agent's status, by number.</summary>
    public required string[] Statuses { get; init; }

    public required string TestTitle { get; init; }

    public required Func<string, string> TestContent { get; init; }

    public static MessageWords Of(MessageLanguage language) => language is MessageLanguage.Zh ? s_zh : s_en;

    private static readonly MessageWords s_en = new()
    {
        Severity = "Severity", Rule = "Rule", Agent = "Agent", Subject = "Subject", Condition = "Condition", Value = "Value",
        Threshold = "Threshold", Since = "Since", Duration = "Duration", Reason = "Resolved because", Summary = "Summary", Id = "Alert id",
        Colon = ": ", Units = ["d", "h", "m", "s"],
        Alerts = count => $"{count} alerts", More = count => $"… and {count} more",
        Kinds = new()
        {
            [NotificationKind.Fired] = "Firing", [NotificationKind.Repeated] = "Still firing", [NotificationKind.Resolved] = "Resolved",
        },
        Severities = new() { [AlertSeverity.Info] = "info", [AlertSeverity.Warning] = "warning", [AlertSeverity.Critical] = "critical" },
        Reasons = new()
        {
            [ResolveReason.Recovered] = "the condition is no longer true", [ResolveReason.NoData] = "it is no longer measured",
            [ResolveReason.RuleChanged] = "the rule was changed", [ResolveReason.AgentRemoved] = "the agent was removed",
        },
        Statuses = ["online", "degraded", "offline"],
        TestTitle = "[Test] Outrider",
        TestContent = channel => $"This is a test of the channel {channel}. Alerts will arrive here.",
    };

    private static readonly MessageWords s_zh = new()
    {
        Severity = "级别", Rule = "规则", Agent = "主机", Subject = "对象", Condition = "条件", Value = "当前值",
        Threshold = "阈值", Since = "开始时间", Duration = "持续时间", Reason = "恢复原因", Summary = "说明", Id = "告警编号",
        Colon = "：", Units = ["天", "小时", "分", "秒"],
        Alerts = count => $"{count} 条告警", More = count => $"…… 另有 {count} 条",
        Kinds = new()
        {
            [NotificationKind.Fired] = "告警", [NotificationKind.Repeated] = "持续告警", [NotificationKind.Resolved] = "恢复",
        },
        Severities = new() { [AlertSeverity.Info] = "提示", [AlertSeverity.Warning] = "警告", [AlertSeverity.Critical] = "严重" },
        Reasons = new()
        {
            [ResolveReason.Recovered] = "条件不再满足", [ResolveReason.NoData] = "不再有数据",
            [ResolveReason.RuleChanged] = "规则已变更", [ResolveReason.AgentRemoved] = "主机已移除",
        },
        Statuses = ["在线", "降级", "离线"],
        TestTitle = "[测试] Outrider",
        TestContent = channel => $"这是渠道 {channel} 的测试消息，告警将发送到这里。",
    };
}
