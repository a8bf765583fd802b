using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;

namespace Outrider.Testing.Alerts;

/// <summary>Keeps alerts and notifications in memory; waits or fails when it is told to.</summary>
public sealed class MemoryAlertStore : IAlertStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Tenant, string Id), Alert> _alerts = [];
    private readonly Dictionary<(string Tenant, string Channel, string Id), Notification> _notifications = [];

    /// <summary>Awaited before anything is written or removed; when it throws, nothing is.</summary>
    public Func<Task>? BeforeWrite { get; set; }

    /// <summary>Awaited before anything is read.</summary>
    public Func<Task>? BeforeRead { get; set; }

    public async ValueTask SaveAsync(
        string tenant, IReadOnlyList<Alert> alerts, IReadOnlyList<Notification> outbox, CancellationToken cancellation)
    {
        await WaitAsync(BeforeWrite, cancellation);
        lock (_gate)
        {
            foreach (var alert in alerts)
                _alerts[(tenant, alert.Id)] = alert;
            foreach (var notification in outbox)
                _notifications.TryAdd((tenant, notification.Channel, notification.Id), notification);
        }
    }

    public async ValueTask<IReadOnlyList<Alert>> ListAsync(
        string tenant, AlertQuery query, AlertCursor? after, int limit, CancellationToken cancellation)
    {
        await WaitAsync(BeforeRead, cancellation);
        lock (_gate)
        {
            return
            [
                .. _alerts.Where(entry => entry.Key.Tenant == tenant && Matches(entry.Value, query) && IsAfter(entry.Value, after))
                    .Select(entry => entry.Value)
                    .OrderByDescending(alert => alert.FiredAt).ThenBy(alert => alert.Id, StringComparer.Ordinal).Take(limit),
            ];
        }
    }

    public async ValueTask<Alert?> ReadAsync(string tenant, string id, CancellationToken cancellation)
    {
        await WaitAsync(BeforeRead, cancellation);
        lock (_gate)
            return _alerts.GetValueOrDefault((tenant, id));
    }

    public async ValueTask<IReadOnlyList<Notification>> ReadOutboxAsync(
        string tenant, string channel, int limit, CancellationToken cancellation)
    {
        await WaitAsync(BeforeRead, cancellation);
        return [.. Waiting(tenant, channel).OrderBy(one => one.At).ThenBy(one => one.Kind).ThenBy(one => one.Id, StringComparer.Ordinal).Take(limit)];
    }

    public async ValueTask<int> CountOutboxAsync(string tenant, string channel, CancellationToken cancellation)
    {
        await WaitAsync(BeforeRead, cancellation);
        return Waiting(tenant, channel).Count;
    }

    public async ValueTask UpdateAsync(string tenant, IReadOnlyList<Notification> notifications, CancellationToken cancellation)
    {
        await WaitAsync(BeforeWrite, cancellation);
        lock (_gate)
        {
            foreach (var update in notifications)
            {
                var key = (tenant, update.Channel, update.Id);
                if (_notifications.TryGetValue(key, out var stored))
                {
                    _notifications[key] = stored with
                    {
                        Status = update.Status, Attempts = update.Attempts, LastAttemptAt = update.LastAttemptAt,
                        DeliveredAt = update.DeliveredAt, Result = update.Result,
                    };
                }
            }
        }
    }

    public async ValueTask<IReadOnlyList<Notification>> ListNotificationsAsync(
        string tenant, string? channel, string? alert, NotificationCursor? after, int limit, CancellationToken cancellation)
    {
        await WaitAsync(BeforeRead, cancellation);
        lock (_gate)
        {
            return
            [
                .. _notifications.Where(entry => entry.Key.Tenant == tenant).Select(entry => entry.Value)
                    .Where(one => (channel is null || one.Channel == channel) && (alert is null || one.Alert.Id == alert))
                    .Where(one => IsAfter(one, after))
                    .OrderByDescending(one => one.At).ThenBy(one => one.Channel, StringComparer.Ordinal)
                    .ThenBy(one => one.Id, StringComparer.Ordinal).Take(limit),
            ];
        }
    }

    public async ValueTask<int> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        await WaitAsync(BeforeWrite, cancellation);
        lock (_gate)
        {
            return Remove(_alerts, (_, alert) => alert.State is AlertState.Resolved && (alert.ResolvedAt ?? alert.ChangedAt) < before)
                + Remove(_notifications, (_, one) => one.Status is not NotificationStatus.Waiting && one.At < before);
        }
    }

    public async ValueTask DeleteTenantAsync(string tenant, CancellationToken cancellation)
    {
        await WaitAsync(BeforeWrite, cancellation);
        lock (_gate)
        {
            Remove(_alerts, (key, _) => key.Tenant == tenant);
            Remove(_notifications, (key, _) => key.Tenant == tenant);
        }
    }

    private static Task WaitAsync(Func<Task>? before, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return before?.Invoke().WaitAsync(cancellation) ?? Task.CompletedTask;
    }

    private static bool Matches(Alert alert, AlertQuery query) =>
        (query.State is null || alert.State == query.State)
        && (query.Rule is null || alert.Rule == query.Rule)
        && (query.Agent is null || alert.Agent == query.Agent)
        && (query.Severity is null || alert.Severity == query.Severity)
        && (query.From is null || alert.FiredAt >= query.From)
        && (query.To is null || alert.FiredAt < query.To);

    private static bool IsAfter(Alert alert, AlertCursor? cursor) =>
        cursor is null || alert.FiredAt < cursor.FiredAt
        || (alert.FiredAt == cursor.FiredAt && string.CompareOrdinal(alert.Id, cursor.Id) > 0);

    private static bool IsAfter(Notification one, NotificationCursor? cursor)
    {
        if (cursor is null || one.At != cursor.At)
            return cursor is null || one.At < cursor.At;
        var channel = string.CompareOrdinal(one.Channel, cursor.Channel);
        return channel > 0 || (channel == 0 && string.CompareOrdinal(one.Id, cursor.Id) > 0);
    }

    private static int Remove<TKey, TValue>(Dictionary<TKey, TValue> from, Func<TKey, TValue, bool> which)
        where TKey : notnull
    {
        var keys = from.Where(entry => which(entry.Key, entry.Value)).Select(entry => entry.Key).ToList();
        keys.ForEach(key => from.Remove(key));
        return keys.Count;
    }

    private List<Notification> Waiting(string tenant, string channel)
    {
        lock (_gate)
        {
            return
            [
                .. _notifications.Where(entry => entry.Key.Tenant == tenant && entry.Key.Channel == channel)
                    .Select(entry => entry.Value).Where(one => one.Status is NotificationStatus.Waiting),
            ];
        }
    }
}
