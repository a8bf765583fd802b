using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Outrider.Grains.Alerts.Evaluation;
using Outrider.Grains.Notifications;

namespace Outrider.Grains.Alerts;

/// <summary>The centre's own numbers about alerts. One for all grains of a process.</summary>
public sealed class AlertMetrics
{
    private readonly Counter<long> _samples;
    private readonly Counter<long> _transitions;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _notifications;

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns the meter.")]
    public AlertMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Outrider.Alerts");
        _samples = meter.CreateCounter<long>("outrider.alerts.rule_samples", "{sample}", "Samples judged, once for each rule that looks at them.");
        _transitions = meter.CreateCounter<long>("outrider.alerts.transitions", "{transition}", "Changes of a rule's state for a subject, by the new state.");
        _refused = meter.CreateCounter<long>("outrider.alerts.subjects_refused", "{subject}", "Subjects not taken up because a rule had as many as it may.");
        _notifications = meter.CreateCounter<long>("outrider.notifications", "{message}", "Messages tried to be sent, by the channel's type and result.");
    }

    public void Evaluated(int samples, IReadOnlyList<Transition> transitions, long refused)
    {
        _samples.Add(samples);
        if (refused > 0)
            _refused.Add(refused);
        foreach (var transition in transitions)
            _transitions.Add(1, new KeyValuePair<string, object?>("state", transition.To.GetType().Name.ToLowerInvariant()));
    }

    public void Sent(ChannelType type, bool delivered) => _notifications.Add(1,
        new KeyValuePair<string, object?>("channel", type.ToString().ToLowerInvariant()),
        new KeyValuePair<string, object?>("result", delivered ? "delivered" : "failed"));
}
