using Outrider.Grains.Notifications;

namespace Outrider.Grains.Alerts;

/// <summary>Keeps alerts, and what is to be sent of them and was. Safe for concurrent callers.</summary>
public interface IAlertStore
{
    /// <summary>How long a resolved alert and a finished notification are kept.</summary>
    static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    /// <summary>
    /// Saves alerts (each replaces the one of its id) and puts notifications into the outbox (one whose id is there already, in whatever
    /// status, is passed over), all of it in one write; durable when it returns.
    /// </summary>
    ValueTask SaveAsync(string tenant, IReadOnlyList<Alert> alerts, IReadOnlyList<Notification> outbox, CancellationToken cancellation);

    /// <summary>Alerts by when they fired, newest first, then by id; after <paramref name="after"/> (null: from the newest).</summary>
    ValueTask<IReadOnlyList<Alert>> ListAsync(string tenant, AlertQuery query, AlertCursor? after, int limit, CancellationToken cancellation);

    /// <summary>One alert; null if there is none of this id.</summary>
    ValueTask<Alert?> ReadAsync(string tenant, string id, CancellationToken cancellation);

    /// <summary>What waits to be sent through a channel, in the order of <see cref="Notification.At"/>, then kind, then id.</summary>
    ValueTask<IReadOnlyList<Notification>> ReadOutboxAsync(string tenant, string channel, int limit, CancellationToken cancellation);

    /// <summary>How many wait to be sent through a channel.</summary>
    ValueTask<int> CountOutboxAsync(string tenant, string channel, CancellationToken cancellation);

    /// <summary>Notes what became of notifications: each replaces the status, attempts and result of the one of its channel and id.</summary>
    ValueTask UpdateAsync(string tenant, IReadOnlyList<Notification> notifications, CancellationToken cancellation);

    /// <summary>
    /// Notifications of a channel (null: of all) in any status, newest first, then by channel and id; after <paramref name="after"/> (null: from
    /// the newest).
    /// </summary>
    ValueTask<IReadOnlyList<Notification>> ListNotificationsAsync(
        string tenant, string? channel, string? alert, NotificationCursor? after, int limit, CancellationToken cancellation);

    /// <summary>Removes alerts resolved before then, of all tenants, and notifications that are finished and as old. Returns how many rows.</summary>
    ValueTask<int> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellation);

    /// <summary>Removes everything of a tenant.</summary>
    ValueTask DeleteTenantAsync(string tenant, CancellationToken cancellation);
}
