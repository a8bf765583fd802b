using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;
using Outrider.Storage.Alerts;

namespace Outrider.Storage.Sqlite;

/// <summary>Alerts and notifications. Times are in ticks (100 ns) since year 1, UTC.</summary>
public sealed class SqliteAlertStore(SqliteDatabase database) : IAlertStore
{
    private static readonly AlertSql s_sql = new("", "@");

    /// <summary>Pass it to <see cref="SqliteDatabase.Open"/>.</summary>
    public static SqliteSchema Schema { get; } = new("alerts",
    [
        """
        CREATE TABLE alert (
          tenant TEXT NOT NULL, id TEXT NOT NULL, rule TEXT NOT NULL, agent TEXT NOT NULL, severity TEXT NOT NULL,
          fired INTEGER NOT NULL, resolved INTEGER, body BLOB NOT NULL,
          PRIMARY KEY (tenant, id)
        ) STRICT;
        CREATE INDEX alert_by_time ON alert (tenant, fired DESC, id);
        CREATE INDEX alert_firing ON alert (tenant, fired DESC, id) WHERE resolved IS NULL;
        CREATE INDEX alert_firing_by_rule ON alert (tenant, rule, fired DESC, id) WHERE resolved IS NULL;
        CREATE INDEX alert_resolved ON alert (resolved) WHERE resolved IS NOT NULL;
        CREATE TABLE notification (
          tenant TEXT NOT NULL, channel TEXT NOT NULL, id TEXT NOT NULL, alert TEXT NOT NULL, kind INTEGER NOT NULL, at INTEGER NOT NULL,
          status TEXT NOT NULL, attempts INTEGER NOT NULL, last_attempt INTEGER, delivered INTEGER, result TEXT, body BLOB NOT NULL,
          PRIMARY KEY (tenant, channel, id)
        ) STRICT;
        CREATE INDEX notification_waiting ON notification (tenant, channel, at, kind, id) WHERE status = 'Waiting';
        CREATE INDEX notification_by_time ON notification (tenant, at DESC, channel, id);
        CREATE INDEX notification_by_alert ON notification (tenant, alert, at DESC, channel, id);
        CREATE INDEX notification_finished ON notification (at) WHERE status <> 'Waiting'
        """,
    ]);

    public async ValueTask SaveAsync(
        string tenant, IReadOnlyList<Alert> alerts, IReadOnlyList<Notification> outbox, CancellationToken cancellation)
    {
        var alertRows = alerts.Select(alert => AlertRow.Of(tenant, alert)).ToList();
        var outboxRows = outbox.Select(notification => NotificationRow.Of(tenant, notification)).ToList();
        if (alertRows.Count + outboxRows.Count > 0)
            await database.WriteAsync(session => Save(session, alertRows, outboxRows), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<Alert>> ListAsync(
        string tenant, AlertQuery query, AlertCursor? after, int limit, CancellationToken cancellation)
    {
        var (sql, values) = s_sql.ListAlerts(tenant, query, after, limit);
        return await database.ReadAsync(session => session.Query(sql, AlertRow.Read, values), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<Alert?> ReadAsync(string tenant, string id, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.QueryFirst(s_sql.ReadAlert, AlertRow.Read, tenant, id), cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<Notification>> ReadOutboxAsync(
        string tenant, string channel, int limit, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.Query(s_sql.ReadOutbox, NotificationRow.Read, tenant, channel, limit), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<int> CountOutboxAsync(string tenant, string channel, CancellationToken cancellation) =>
        await database.ReadAsync(session => session.QueryFirst(s_sql.CountOutbox, row => row.GetInt32(0), tenant, channel), cancellation)
            .ConfigureAwait(false);

    public async ValueTask UpdateAsync(string tenant, IReadOnlyList<Notification> notifications, CancellationToken cancellation)
    {
        var outcomes = notifications.Select(notification => NotificationOutcome.Of(tenant, notification)).ToList();
        if (outcomes.Count > 0)
            await database.WriteAsync(session => Update(session, outcomes), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<Notification>> ListNotificationsAsync(
        string tenant, string? channel, string? alert, NotificationCursor? after, int limit, CancellationToken cancellation)
    {
        var (sql, values) = s_sql.ListNotifications(tenant, channel, alert, after, limit);
        return await database.ReadAsync(session => session.Query(sql, NotificationRow.Read, values), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<int> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellation) =>
        await database.RemoveAsync(s_sql.OldAlerts, before.UtcTicks, cancellation).ConfigureAwait(false)
        + await database.RemoveAsync(s_sql.OldNotifications, before.UtcTicks, cancellation).ConfigureAwait(false);

    public async ValueTask DeleteTenantAsync(string tenant, CancellationToken cancellation)
    {
        await database.RemoveAsync(s_sql.AlertsOfTenant, tenant, cancellation).ConfigureAwait(false);
        await database.RemoveAsync(s_sql.NotificationsOfTenant, tenant, cancellation).ConfigureAwait(false);
    }

    private static int Save(SqliteSession session, List<AlertRow> alerts, List<NotificationRow> outbox)
    {
        foreach (var alert in alerts)
        {
            session.Execute(
                """
                INSERT INTO alert (tenant, id, rule, agent, severity, fired, resolved, body) VALUES (@1, @2, @3, @4, @5, @6, @7, @8)
                ON CONFLICT (tenant, id) DO UPDATE SET
                  rule = excluded.rule, agent = excluded.agent, severity = excluded.severity, fired = excluded.fired,
                  resolved = excluded.resolved, body = excluded.body
                """,
                alert.Values);
        }
        foreach (var notification in outbox)
        {
            session.Execute(
                """
                INSERT INTO notification
                  (tenant, channel, id, alert, kind, at, status, attempts, last_attempt, delivered, result, body)
                VALUES (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12)
                ON CONFLICT (tenant, channel, id) DO NOTHING
                """,
                notification.Values);
        }
        return alerts.Count + outbox.Count;
    }

    private static int Update(SqliteSession session, List<NotificationOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            session.Execute(
                """
                UPDATE notification SET status = @4, attempts = @5, last_attempt = @6, delivered = @7, result = @8
                WHERE tenant = @1 AND channel = @2 AND id = @3
                """,
                [.. outcome.Keys, .. outcome.Values]);
        }
        return outcomes.Count;
    }
}
