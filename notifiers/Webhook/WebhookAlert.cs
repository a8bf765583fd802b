using Outrider.Grains.Notifications;

namespace Outrider.Notifiers.Webhook;

/// <summary>One alert in the body that a webhook gets. What isn't known is left out.</summary>
/// <param name="NotificationId">The same when it is sent again.</param>
/// <param name="Kind">fired, repeated or resolved.</param>
/// <param name="Value">What was compared when it fired; left out when it is no number.</param>
internal sealed record WebhookAlert(
    string NotificationId, string Kind, string Id, string State, string Rule, string RuleName, string Severity, string Agent, string Metric,
    Dictionary<string, string> Labels, string Condition, double? Value, double? Threshold, double? ResolvedValue, string? Reason,
    string? Summary, DateTimeOffset StartedAt, DateTimeOffset FiredAt, DateTimeOffset? ResolvedAt)
{
    public static WebhookAlert Of(Notification notification)
    {
        var alert = notification.Alert;
        var labels = new Dictionary<string, string>();
        foreach (var label in alert.Labels)
            labels[label.Name] = label.Value;
        return new WebhookAlert(
            notification.Id, Name(notification.Kind), alert.Id, Name(alert.State), alert.Rule, alert.RuleName, Name(alert.Severity), alert.Agent,
            alert.Metric, labels, alert.Condition, Number(alert.Value), Number(alert.Threshold), Number(alert.ResolvedValue),
            alert.Reason is { } reason ? System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()) : null,
            alert.Summary, alert.StartedAt, alert.FiredAt, alert.ResolvedAt);
    }

    private static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static double? Number(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
