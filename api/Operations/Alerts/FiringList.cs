using Outrider.Grains.Alerts.Evaluation;
using Outrider.Grains.Metrics.Queries;

namespace Outrider.Api.Operations.Alerts;

/// <summary>Collects when rules would have fired, of one subject after the other.</summary>
internal sealed class FiringList
{
    /// <summary>Kept at most; more are counted.</summary>
    private const int MaxKept = 1_000;

    private readonly Dictionary<(string Agent, InstanceKey Key), DryRunFiring> _open = [];
    private readonly List<DryRunFiring> _ended = [];
    private readonly HashSet<string> _agents = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public int Agents => _agents.Count;

    /// <summary>The first ones, by when they fired.</summary>
    public List<DryRunFiring> First =>
        [.. _ended.Concat(_open.Values).OrderBy(one => one.FiredAt).ThenBy(one => one.Agent, StringComparer.Ordinal).Take(MaxKept)];

    /// <summary>Takes what changed.</summary>
    /// <param name="agentOf">The agent of a subject.</param>
    /// <param name="valueOf">What was compared when it fired; null: as the transition says.</param>
    public void Take(
        IReadOnlyList<Transition> transitions, Func<InstanceKey, string> agentOf, Func<InstanceKey, long, double>? valueOf = null)
    {
        foreach (var (key, _, to, _, _) in transitions)
        {
            var place = (agentOf(key), key);
            if (to is InstanceState.Firing firing)
            {
                Count++;
                _agents.Add(place.Item1);
                _open[place] = new DryRunFiring(
                    place.Item1, key.Subject.Metric, Metrics.MetricLabels.Of(key.Subject), Times.At(firing.Since), Times.At(firing.FiredAt), null, null,
                    AlertView.Finite(valueOf is null ? firing.Value : valueOf(key, firing.FiredAt)));
            }
            else if (to is InstanceState.Resolved resolved && _open.Remove(place, out var open) && _ended.Count < 10 * MaxKept)
            {
                _ended.Add(open with { ResolvedAt = Times.At(resolved.At), Reason = resolved.Reason });
            }
        }
    }
}
