using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;

namespace Outrider.Storage.Alerts;

/// <summary>What is asked of the tables of alerts and notifications, in SQL that all databases take alike.</summary>
/// <param name="prefix">How the tables' names begin.</param>
/// <param name="mark">What stands before a parameter's number.</param>
internal sealed class AlertSql(string prefix, string mark) : TableSql(mark)
{
    private readonly string _selectNotification = $"SELECT body, {string.Join(", ", NotificationOutcome.Columns)} FROM {prefix}notification";

    /// <summary>The table of alerts.</summary>
    public string Alert { get; } = $"{prefix}alert";

    /// <summary>The table of notifications.</summary>
    public string Notification { get; } = $"{prefix}notification";

    /// <summary>An alert, of a tenant and an id.</summary>
    public string ReadAlert => $"SELECT body FROM {Alert} WHERE tenant = {Mark}1 AND id = {Mark}2";

    /// <summary>Notifications that wait, of a tenant and a channel, up to a limit.</summary>
    public string ReadOutbox => $"{_selectNotification} WHERE {Waiting} ORDER BY at, kind, id LIMIT {Mark}3";

    /// <summary>How many wait, of a tenant and a channel.</summary>
    public string CountOutbox => $"SELECT COUNT(*) FROM {Notification} WHERE {Waiting}";

    /// <summary>Of a time.</summary>
    public Removal OldAlerts => Remove(Alert, "resolved", $"resolved < {Mark}1");

    /// <summary>Of a time. A notification's age counts from when it was put into the outbox.</summary>
    public Removal OldNotifications => Remove(Notification, "at", $"status <> 'Waiting' AND at < {Mark}1");

    /// <summary>Of a tenant.</summary>
    public Removal AlertsOfTenant => Remove(Alert, "fired", $"tenant = {Mark}1");

    /// <summary>Of a tenant.</summary>
    public Removal NotificationsOfTenant => Remove(Notification, "at", $"tenant = {Mark}1");

    private string Waiting => $"tenant = {Mark}1 AND channel = {Mark}2 AND status = 'Waiting'";

    /// <summary>A query for alerts, and the values of its parameters.</summary>
    public (string Sql, object?[] Values) ListAlerts(string tenant, AlertQuery query, AlertCursor? after, int limit)
    {
        var (page, values) = PageOf(tenant, "fired", (query.From, query.To), after is null ? null : (after.FiredAt, after.Id));
        // Which of them fire stands in the text, for the indexes of these alone.
        var state = query.State switch
        {
            AlertState.Firing => " AND resolved IS NULL",
            AlertState.Resolved => " AND resolved IS NOT NULL",
            _ => "",
        };
        var wanted = If("rule", query.Rule, values) + If("agent", query.Agent, values) + If("severity", query.Severity?.ToString(), values);
        return ($"""
            SELECT body FROM {Alert} WHERE {page}{state}{wanted}
            ORDER BY fired DESC, id LIMIT {Value(limit, values)}
            """, [.. values]);
    }

    /// <summary>A query for notifications, and the values of its parameters.</summary>
    public (string Sql, object?[] Values) ListNotifications(string tenant, string? channel, string? alert, NotificationCursor? after, int limit)
    {
        List<object?> values = [tenant, after?.At.UtcTicks ?? long.MaxValue, after?.Channel ?? "", after?.Id ?? "", limit];
        return ($"""
            {_selectNotification}
            WHERE tenant = {Mark}1 AND at <= {Mark}2
              AND (at < {Mark}2 OR channel > {Mark}3 OR (channel = {Mark}3 AND id > {Mark}4)){If("channel", channel, values)}{If("alert", alert, values)}
            ORDER BY at DESC, channel, id LIMIT {Mark}5
            """, [.. values]);
    }
}
