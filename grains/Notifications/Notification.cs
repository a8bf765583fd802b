using Outrider.Grains.Alerts;

namespace Outrider.Grains.Notifications;

/// <summary>One thing to tell of one alert through one channel.</summary>
public sealed record Notification
{
    /// <summary>Within the channel: the alert's id, the kind, and for repetitions which. The same thing has the same id.</summary>
    public required string Id { get; init; }

    public required string Channel { get; init; }

    public required NotificationKind Kind { get; init; }

    /// <summary>When it was put into the outbox.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>As it was then.</summary>
    public required Alert Alert { get; init; }

    public NotificationStatus Status { get; init; }

    /// <summary>Tries so far.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset? LastAttemptAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>What the receiver answered, or why it could not be reached; null before the first try.</summary>
    public string? Result { get; init; }

    /// <summary>The id of what is told of an alert.</summary>
    /// <param name="number">Counts repetitions from 1.</param>
    public static string IdOf(string alert, NotificationKind kind, int number = 0) =>
        kind is NotificationKind.Repeated ? $"{alert}-repeated-{number}" : $"{alert}-{kind.ToString().ToLowerInvariant()}";
}
