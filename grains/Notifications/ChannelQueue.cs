namespace Outrider.Grains.Notifications;

/// <summary>
/// What of a channel's outbox is in memory, oldest first, and what of it goes next. Notifications of one alert never overtake each other;
/// those of others may, when a message has failed its quick tries.
/// </summary>
public sealed class ChannelQueue
{
    /// <summary>The most notifications in memory.</summary>
    public const int Limit = 1_000;

    /// <summary>The most alerts in one message.</summary>
    public const int MaxFolded = 50;

    private List<Notification> _waiting = [];
    private DateTimeOffset _recoveredAt = DateTimeOffset.MinValue;

    public int Count => _waiting.Count;

    /// <summary>Takes what waits, in the order of the store, instead of what is here.</summary>
    public void Replace(IEnumerable<Notification> waiting) => _waiting = [.. waiting];

    /// <summary>The receiver answers again after it didn't for a while: nothing needs to wait for its pause.</summary>
    public void Recover(DateTimeOffset at) => _recoveredAt = at;

    /// <summary>
    /// What goes into the next message: the oldest that may go now, and with it what waits of the same rule and kind. They stay here until
    /// they are settled. Empty: nothing may go before <paramref name="due"/>, or at all.
    /// </summary>
    /// <param name="failing">The last try failed: what was not tried often goes first.</param>
    /// <param name="due">When something may go; null: there is nothing.</param>
    public List<Notification> Next(DateTimeOffset now, bool failing, out DateTimeOffset? due)
    {
        var passed = new HashSet<string>(StringComparer.Ordinal);
        Notification? first = null;
        due = null;
        foreach (var notification in _waiting.Where(notification => passed.Add(notification.Alert.Id)))
        {
            var at = DueAt(notification);
            if (due is null || at < due)
                due = at;
            if (at > now)
                continue;
            first ??= notification;
            if (!failing || !IsPutOff(notification))
            {
                first = notification;
                break;
            }
        }
        return first is null ? [] : Fold(first, now);
    }

    /// <summary>Notes what became of notifications: those that wait no more leave.</summary>
    public void Settle(IEnumerable<Notification> settled)
    {
        var byId = settled.ToDictionary(notification => notification.Id, StringComparer.Ordinal);
        _waiting = [.. _waiting
            .Select(notification => byId.GetValueOrDefault(notification.Id, notification))
            .Where(notification => notification.Status is NotificationStatus.Waiting)];
    }

    private List<Notification> Fold(Notification first, DateTimeOffset now)
    {
        var folded = new List<Notification>();
        var passed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var notification in _waiting)
        {
            var goes = folded.Count > 0
                ? folded.Count < MaxFolded && notification.Alert.Rule == first.Alert.Rule && notification.Kind == first.Kind
                    && IsPutOff(notification) == IsPutOff(first) && DueAt(notification) <= now && !passed.Contains(notification.Alert.Id)
                : ReferenceEquals(notification, first);
            if (goes)
                folded.Add(notification);
            else
                passed.Add(notification.Alert.Id);
        }
        return folded;
    }

    private DateTimeOffset DueAt(Notification notification) =>
        IsPutOff(notification) && notification.LastAttemptAt is { } last && last >= _recoveredAt
            ? last + DeliveryPace.Pause(notification.Attempts)
            : DateTimeOffset.MinValue;

    private static bool IsPutOff(Notification notification) => notification.Attempts >= DeliveryPace.QuickTries;
}
