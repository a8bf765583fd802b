using Outrider.Grains.Notifications;

namespace Outrider.Storage.Alerts;

/// <summary>What became of one notification, for the columns of its row. Times are in ticks (100 ns) since year 1, UTC.</summary>
internal sealed record NotificationOutcome(
    string Tenant, string Channel, string Id, string Status, int Attempts, long? LastAttempt, long? Delivered, string? Result)
{
    public static IReadOnlyList<string> Columns { get; } = ["status", "attempts", "last_attempt", "delivered", "result"];

    /// <summary>In the order of <see cref="NotificationRow.Keys"/>.</summary>
    public object?[] Keys => [Tenant, Channel, Id];

    /// <summary>In the order of <see cref="Columns"/>.</summary>
    public object?[] Values => [Status, Attempts, LastAttempt, Delivered, Result];

    public static NotificationOutcome Of(string tenant, Notification notification) => new(
        tenant, notification.Channel, notification.Id, notification.Status.ToString(), notification.Attempts,
        notification.LastAttemptAt?.UtcTicks, notification.DeliveredAt?.UtcTicks, notification.Result);
}
