using System.Data.Common;
using Outrider.Grains.Notifications;
using Outrider.Storage.State;

namespace Outrider.Storage.Alerts;

/// <summary>
/// A notification in a table: what is asked for, what becomes of it, and the whole as JSON as it was when it was put there. Times are in
/// ticks (100 ns) since year 1, UTC.
/// </summary>
internal sealed record NotificationRow(
    string Tenant, string Channel, string Id, string Alert, int Kind, long At, NotificationOutcome Outcome, byte[] Body)
{
    public static IReadOnlyList<string> Keys { get; } = ["tenant", "channel", "id"];

    public static IReadOnlyList<string> Columns { get; } = ["alert", "kind", "at", .. NotificationOutcome.Columns, "body"];

    /// <summary>In the order of <see cref="Keys"/> and <see cref="Columns"/>.</summary>
    public object?[] Values => [Tenant, Channel, Id, Alert, Kind, At, .. Outcome.Values, Body];

    public static NotificationRow Of(string tenant, Notification notification) => new(
        tenant, notification.Channel, notification.Id, notification.Alert.Id, (int)notification.Kind, notification.At.UtcTicks,
        NotificationOutcome.Of(tenant, notification), StateJson.Write(notification));

    /// <summary>The notification of a row of <see cref="AlertSql"/>.</summary>
    public static Notification Read(DbDataReader row) => StateJson.Read<Notification>(row.GetFieldValue<byte[]>(0), "notification") with
    {
        Status = Enum.Parse<NotificationStatus>(row.GetString(1)),
        Attempts = row.GetInt32(2),
        LastAttemptAt = Time(row, 3),
        DeliveredAt = Time(row, 4),
        Result = row.IsDBNull(5) ? null : row.GetString(5),
    };

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
}
