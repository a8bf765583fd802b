using Outrider.Grains.Alerts.Evaluation;

namespace Outrider.Grains.Alerts;

/// <summary>What of an evaluation's transitions concerns others than itself.</summary>
public static class AlertEvents
{
    /// <summary>The alerts that fire now and those that are resolved, in order.</summary>
    public static IEnumerable<AlertEvent> Of(string tenant, string agent, IEnumerable<Transition> transitions)
    {
        foreach (var transition in transitions)
        {
            if (transition is { From: not InstanceState.Firing, To: InstanceState.Firing fires })
                yield return Event(tenant, agent, transition.Key, fires);
            else if (transition is { From: InstanceState.Firing fired, To: InstanceState.Resolved resolved })
            {
                yield return Event(tenant, agent, transition.Key, fired) with
                {
                    ResolvedAt = At(resolved.At), ResolvedValue = transition.Value, Reason = resolved.Reason,
                };
            }
        }
    }

    private static AlertEvent Event(string tenant, string agent, InstanceKey key, InstanceState.Firing firing) => new(
        AlertIds.Of(tenant, agent, key, firing.Since), key.Rule, agent, key.Subject.Metric, [.. key.Subject.Labels],
        At(firing.Since), At(firing.FiredAt), firing.Value);

    private static DateTimeOffset At(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time);
}
