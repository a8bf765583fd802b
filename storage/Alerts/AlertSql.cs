using System.Globalization;
using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;

namespace Outrider.Storage.Alerts;

/// <summary>What is asked of the tables of alerts and notifications, in SQL that all databases take alike.</summary>
/// <param name="prefix">How the tables' names begin.</param>
/// <param name="mark">What stands before a parameter's number.</param>
internal sealed class AlertSql(string prefix, string mark)
{
    /// <summary>Rows that are removed at once, unless more have the same time.</summary>
    private const int Page = 1_000;

    private readonly string _selectNotification = $"SELECT body, {string.Join(", ", NotificationOutcome.Columns)} FROM {prefix}notification";

    /// <summary>The table of alerts.</summary>
    public string Alert { get; } = $"{prefix}alert";

    /// <summary>The table of notifications.</summary>
    public string Notification { get; } = $"{prefix}notification";

    /// <summary>An alert, of a tenant and an id.</summary>
    public string ReadAlert => $"SELECT body FROM {Alert} WHERE tenant = {mark}1 AND id = {mark}2";

    /// <summary>Notifications that wait, of a tenant and a channel, up to a limit.</summary>
    public string ReadOutbox => $"{_selectNotification} WHERE {Waiting} ORDER BY at, kind, id LIMIT {mark}3";

    /// <summary>How many wait, of a tenant and a channel.</summary>
    public string CountOutbox => $"SELECT COUNT(*) FROM {Notification} WHERE {Waiting}";

    /// <summary>Of a time.</summary>
    public AlertRemoval OldAlerts => Remove(Alert, "resolved", $"resolved < {mark}1");

    /// <summary>Of a time. A notification's age counts from when it was put into the outbox.</summary>
    public AlertRemoval OldNotifications => Remove(Notification, "at", $"status <> 'Waiting' AND at < {mark}1");

    /// <summary>Of a tenant.</summary>
    public AlertRemoval AlertsOfTenant => Remove(Alert, "fired", $"tenant = {mark}1");

    /// <summary>Of a tenant.</summary>
    public AlertRemoval NotificationsOfTenant => Remove(Notification, "at", $"tenant = {mark}1");

    private string Waiting => $"tenant = {mark}1 AND channel = {mark}2 AND status = 'Waiting'";

    /// <summary>A query for alerts, and the values of its parameters.</summary>
    public (string Sql, object?[] Values) ListAlerts(string tenant, AlertQuery query, AlertCursor? after, int limit)
    {
        var end = after?.FiredAt.UtcTicks ?? long.MaxValue;
        var last = query.To is { } to ? Math.Min(end, to.UtcTicks - 1) : end;
        List<object?> values = [tenant, query.From?.UtcTicks ?? 0, last, end, after?.Id ?? "", limit];
        // Which of them fire stands in the text, for the indexes of these alone.
        var state = query.State switch
        {
            AlertState.Firing => " AND resolved IS NULL",
            AlertState.Resolved => " AND resolved IS NOT NULL",
            _ => "",
        };
        var wanted = If("rule", query.Rule, values) + If("agent", query.Agent, values) + If("severity", query.Severity?.ToString(), values);
        return ($"""
            SELECT body FROM {Alert}
            WHERE tenant = {mark}1 AND fired >= {mark}2 AND fired <= {mark}3 AND (fired < {mark}4 OR id > {mark}5){state}{wanted}
            ORDER BY fired DESC, id LIMIT {mark}6
            """, [.. values]);
    }

    /// <summary>A query for notifications, and the values of its parameters.</summary>
    public (string Sql, object?[] Values) ListNotifications(string tenant, string? channel, string? alert, NotificationCursor? after, int limit)
    {
        List<object?> values = [tenant, after?.At.UtcTicks ?? long.MaxValue, after?.Channel ?? "", after?.Id ?? "", limit];
        return ($"""
            {_selectNotification}
            WHERE tenant = {mark}1 AND at <= {mark}2
              AND (at < {mark}2 OR channel > {mark}3 OR (channel = {mark}3 AND id > {mark}4)){If("channel", channel, values)}{If("alert", alert, values)}
            ORDER BY at DESC, channel, id LIMIT {mark}5
            """, [.. values]);
    }

    private string If(string column, string? value, List<object?> values)
    {
        if (value is null)
            return "";
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $" AND {column} = {mark}{values.Count}");
    }

    private AlertRemoval Remove(string table, string time, string which) => new(
        string.Create(CultureInfo.InvariantCulture, $"SELECT {time} FROM {table} WHERE {which} ORDER BY {time} LIMIT 1 OFFSET {Page - 1}"),
        $"DELETE FROM {table} WHERE {which} AND {time} <= {mark}2");
}
