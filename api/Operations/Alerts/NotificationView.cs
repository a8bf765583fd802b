using Outrider.Grains.Notifications;

namespace Outrider.Api.Operations.Alerts;

/// <summary>What was told of an alert through a channel, or waits to be.</summary>
public sealed record NotificationView(
    string Id, string Channel, string Alert, NotificationKind Kind, DateTimeOffset At, NotificationStatus Status, int Attempts,
    DateTimeOffset? LastAttemptAt, DateTimeOffset? DeliveredAt, string? Result)
{
    public static NotificationView Of(Notification one) => new(
        one.Id, one.Channel, one.Alert.Id, one.Kind, one.At, one.Status, one.Attempts, one.LastAttemptAt, one.DeliveredAt, one.Result);
}
