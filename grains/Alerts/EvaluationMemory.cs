using Outrider.Grains.Alerts.Evaluation;
using Outrider.Grains.Alerts.Rules;
using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts;

/// <summary>
/// All that is remembered of the evaluation of one agent's rules. Two streams: what the agent measures, on its own clock, and what the centre
/// sees of it - its status, and for how long a metric has not come - on the centre's.
/// </summary>
internal sealed class EvaluationMemory
{
    /// <summary>Longer than this between two looks, and the centre was not looking: it knows nothing of that time.</summary>
    private const long LongestLook = Timeline.ShortGap;

    private readonly EvaluationStream _measured;
    private readonly EvaluationStream _watched;
    private readonly Dictionary<string, long> _absentFor;
    private readonly long _since;
    private RuleIndex _index = new([]);
    private IReadOnlyList<RuleDefinition> _definitions;
    private long _lookedAt;

    /// <param name="now">The centre's clock.</param>
    public EvaluationMemory(AlertEvaluationState state, long now, AlertMetrics meter)
    {
        _since = state.Since > 0 ? state.Since : now - 1;
        (_measured, _watched) = (
            new EvaluationStream(state.Measured) { Ran = meter.Evaluated }, new EvaluationStream(state.Watched) { Ran = meter.Evaluated });
        _absentFor = new Dictionary<string, long>(state.AbsentFor, StringComparer.Ordinal);
        _definitions = state.Rules;
    }

    /// <summary>The newest sample's time; 0: none came yet.</summary>
    public long EvaluatedTo => _measured.Clock.Time;

    /// <summary>What was measured up to then was evaluated, or need not be.</summary>
    public long DoneTo => EvaluatedTo > 0 ? EvaluatedTo : _since;

    public bool HasRules => _index.Rules.Count > 0;

    /// <summary>The longest window of the rules, in milliseconds.</summary>
    public long LongestWindow => _index.Rules.Select(rule => rule.Window).DefaultIfEmpty().Max();

    /// <summary>Takes the rules that match the agent now. Instances of those that are gone or mean something else go; what fires of them is resolved.</summary>
    public IReadOnlyList<Transition> SetRules(IReadOnlyList<RuleDefinition> rules, long now, ResolveReason reason)
    {
        var kept = rules.Where(rule => _definitions.Any(before => before.Id == rule.Id && before.MeansSameAs(rule)))
            .Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in _absentFor.Keys.Where(rule => !kept.Contains(rule)).ToList())
            _absentFor.Remove(rule);
        (_definitions, _index) = (rules, new RuleIndex([.. rules.Select(rule => new EvaluatedRule(rule))]));
        return [.. _measured.Drop(rule => !kept.Contains(rule), now, reason), .. _watched.Drop(rule => !kept.Contains(rule), now, reason)];
    }

    /// <summary>Whether any rule needs the samples of a series.</summary>
    public bool Wants(Series series) => _index.Of(series).Count > 0;

    /// <summary>Takes what was measured.</summary>
    /// <param name="judgeAfter">As of <see cref="EvaluationStep.Run"/>.</param>
    public IReadOnlyList<Transition> Measure(IEnumerable<SeriesSamples> measured, ProcessTable? processes, long judgeAfter = long.MinValue)
    {
        var readings = new List<Reading>();
        var times = new HashSet<long>();
        foreach (var (series, samples) in measured)
        {
            foreach (var sample in samples)
                times.Add(sample.Time);
            foreach (var rule in _index.Of(series))
            {
                if (rule.Definition.Absent)
                    _absentFor[rule.Id] = 0;
                else
                    readings.AddRange(samples.Select(sample => new Reading(rule, series, sample)));
            }
        }
        if (processes is not null)
            readings.AddRange(_index.Of(processes));
        return _measured.Run(readings, times, judgeAfter);
    }

    /// <summary>Looks at the agent from outside.</summary>
    /// <param name="status">0 online, 1 degraded, 2 offline; null: it isn't known yet.</param>
    /// <param name="now">The centre's clock.</param>
    public IReadOnlyList<Transition> Look(int? status, long now)
    {
        // Two looks are never at one time: the later one counts.
        now = Math.Max(now, _lookedAt + 1);
        var passed = _lookedAt > 0 && now - _lookedAt <= LongestLook ? Math.Max(0, now - _lookedAt) : 0;
        _lookedAt = now;
        var readings = new List<Reading>();
        foreach (var rule in _index.Rules)
        {
            var subject = new Series(rule.Definition.Metric);
            if (rule.Definition.Absent && status == 0)
            {
                var absent = _absentFor[rule.Id] = _absentFor.GetValueOrDefault(rule.Id) + passed;
                readings.Add(new Reading(rule, subject, new Sample(now, absent / 1_000.0)));
            }
            else if (rule.Definition.Metric == RuleDefinition.AgentStatusMetric && status is { } known)
            {
                readings.Add(new Reading(rule, subject, new Sample(now, known)));
            }
        }
        return _watched.Run(readings, [now]);
    }

    public AlertEvaluationState Save(List<AlertEvent> outgoing)
    {
        var (measured, watched) = (_measured.Save(), _watched.Save());
        var lively = measured.Instances.Concat(watched.Instances).Select(one => one.Rule).Concat(_absentFor.Keys).ToHashSet(StringComparer.Ordinal);
        return new AlertEvaluationState
        {
            Since = _since,
            Measured = measured,
            Watched = watched,
            AbsentFor = new Dictionary<string, long>(_absentFor, StringComparer.Ordinal),
            Rules = [.. _definitions.Where(rule => lively.Contains(rule.Id))],
            Outgoing = [.. outgoing],
        };
    }

    public EvaluationView View()
    {
        var instances = _measured.Instances.Concat(_watched.Instances).ToList();
        var pace = _index.Rules.Select(rule => new RulePace(
            rule.Id,
            instances.Count(one => one.Key.Rule == rule.Id),
            instances.Where(one => one.Key.Rule == rule.Id).Sum(one => (long)one.Value.Window.Count),
            _measured.Refused.GetValueOrDefault(rule.Id) + _watched.Refused.GetValueOrDefault(rule.Id))).ToList();
        return new EvaluationView(
            pace.Count, instances.Count,
            instances.Count(one => one.Value.State is InstanceState.Pending), instances.Count(one => one.Value.State is InstanceState.Firing),
            pace.Sum(one => one.WindowSamples), pace.Sum(one => one.Refused),
            EvaluatedTo == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(EvaluatedTo), pace);
    }
}
