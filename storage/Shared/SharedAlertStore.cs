using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;
using Outrider.Storage.Alerts;

namespace Outrider.Storage.Shared;

/// <summary>Alerts and notifications, for all nodes of a cluster. Times are in ticks (100 ns) since year 1, UTC.</summary>
public sealed class SharedAlertStore : IAlertStore, IAsyncDisposable
{
    private static readonly AlertSql s_sql = new("outrider_", "@p");

    private readonly SharedDatabase _database;
    private readonly AlertWriter _writer;

    public SharedAlertStore(SharedDatabase database)
    {
        _database = database;
        _writer = new AlertWriter(database, s_sql);
    }

    /// <summary>Its tables; for a <see cref="SharedMigrator"/>.</summary>
    public static SchemaPart Schema(SqlDialect dialect) => SchemaPart.Read(typeof(SharedAlertStore).Assembly, "alerts", dialect);

    /// <inheritdoc/>
    /// <exception cref="StorageException">
    /// The database is away or slow; comes twice <see cref="SharedDatabase.Limit"/> after the call, or sooner. It may be there all the same.
    /// </exception>
    public async ValueTask SaveAsync(
        string tenant, IReadOnlyList<Alert> alerts, IReadOnlyList<Notification> outbox, CancellationToken cancellation) =>
        await _writer.WriteAsync(
            [.. alerts.Select(alert => AlertRow.Of(tenant, alert))],
            [.. outbox.Select(notification => NotificationRow.Of(tenant, notification))], [], cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<Alert>> ListAsync(
        string tenant, AlertQuery query, AlertCursor? after, int limit, CancellationToken cancellation)
    {
        var (sql, values) = s_sql.ListAlerts(tenant, query, after, limit);
        return await _database.RunAsync(session => session.QueryAsync(sql, AlertRow.Read, values), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<Alert?> ReadAsync(string tenant, string id, CancellationToken cancellation) =>
        await _database.RunAsync(session => session.QueryFirstAsync(s_sql.ReadAlert, AlertRow.Read, tenant, id), cancellation)
            .ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<Notification>> ReadOutboxAsync(
        string tenant, string channel, int limit, CancellationToken cancellation) =>
        await _database.RunAsync(
            session => session.QueryAsync(s_sql.ReadOutbox, NotificationRow.Read, tenant, channel, limit), cancellation).ConfigureAwait(false);

    public async ValueTask<int> CountOutboxAsync(string tenant, string channel, CancellationToken cancellation) =>
        await _database.RunAsync(
            session => session.QueryFirstAsync(s_sql.CountOutbox, row => row.GetInt32(0), tenant, channel), cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="StorageException">As <see cref="SaveAsync"/>.</exception>
    public async ValueTask UpdateAsync(string tenant, IReadOnlyList<Notification> notifications, CancellationToken cancellation) =>
        await _writer.WriteAsync(
            [], [], [.. notifications.Select(notification => NotificationOutcome.Of(tenant, notification))], cancellation).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<Notification>> ListNotificationsAsync(
        string tenant, string? channel, string? alert, NotificationCursor? after, int limit, CancellationToken cancellation)
    {
        var (sql, values) = s_sql.ListNotifications(tenant, channel, alert, after, limit);
        return await _database.RunAsync(session => session.QueryAsync(sql, NotificationRow.Read, values), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<int> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellation) =>
        await _database.RemoveAsync(s_sql.OldAlerts, before.UtcTicks, cancellation).ConfigureAwait(false)
        + await _database.RemoveAsync(s_sql.OldNotifications, before.UtcTicks, cancellation).ConfigureAwait(false);

    public async ValueTask DeleteTenantAsync(string tenant, CancellationToken cancellation)
    {
        await _database.RemoveAsync(s_sql.AlertsOfTenant, tenant, cancellation).ConfigureAwait(false);
        await _database.RemoveAsync(s_sql.NotificationsOfTenant, tenant, cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes what is queued.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
