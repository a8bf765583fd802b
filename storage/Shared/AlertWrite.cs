using Outrider.Storage.Alerts;

namespace Outrider.Storage.Shared;

/// <summary>What one caller saves or updates on its way into the alert store.</summary>
internal sealed class AlertWrite(
    IReadOnlyList<AlertRow> alerts, IReadOnlyList<NotificationRow> outbox, IReadOnlyList<NotificationOutcome> outcomes, long started)
    : GroupItem(started)
{
    /// <summary>What a row takes beside its body, roughly.</summary>
    private const int Overhead = 200;

    public IReadOnlyList<AlertRow> Alerts => alerts;

    public IReadOnlyList<NotificationRow> Outbox => outbox;

    public IReadOnlyList<NotificationOutcome> Outcomes => outcomes;

    /// <summary>Bytes.</summary>
    public override int Size { get; } =
        alerts.Sum(row => Overhead + row.Body.Length) + outbox.Sum(row => Overhead + row.Body.Length)
        + outcomes.Sum(outcome => Overhead + (outcome.Result?.Length ?? 0));
}
