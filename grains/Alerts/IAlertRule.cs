using Outrider.Grains.Runtime;
using Outrider.Protocol.Outcomes;

namespace Outrider.Grains.Alerts;

/// <summary>One rule of one tenant: keeps its alerts and decides what is told of them, and when. Key: <c>tenant/rule</c>.</summary>
public interface IAlertRule : IGrain
{
    /// <summary>
    /// Takes what an evaluation has found; it is kept for good when this returns, and once however often it comes. What is to be told is
    /// in the outbox then.
    /// </summary>
    [Idempotent]
    Task TakeAsync(List<AlertEvent> events);

    /// <summary>Takes an alert on: it isn't told again until it is resolved. <c>alert_not_found</c>; <c>conflict</c>: it is resolved.</summary>
    [Idempotent]
    Task<Outcome<Alert>> AcknowledgeAsync(string alert, string by, string? note);

    /// <summary>Looks at what has changed: the rule, silences, the time.</summary>
    [Idempotent]
    Task WakeAsync();
}
