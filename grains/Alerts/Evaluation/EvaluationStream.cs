using System.Collections.Frozen;
using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>A stream of samples of one agent with what is remembered of it, from step to step.</summary>
public sealed class EvaluationStream
{
    /// <summary>Told of each run: samples judged, transitions, subjects refused.</summary>
    public Action<int, IReadOnlyList<Transition>, long>? Ran { get; init; }

    private readonly Dictionary<InstanceKey, Instance> _instances = [];
    private readonly Dictionary<string, long> _refused = new(StringComparer.Ordinal);

    public EvaluationStream(SavedStream saved)
    {
        Clock = saved.Clock;
        foreach (var one in saved.Instances)
        {
            _instances[new InstanceKey(one.Rule, new Series(one.Metric, [.. one.Labels]))] =
                new Instance(one.State, one.SampleAt, one.SeenAt, one.Interval, SampleWindow.Empty);
        }
    }

    public IReadOnlyDictionary<InstanceKey, Instance> Instances => _instances;

    public Timeline Clock { get; private set; }

    /// <summary>Subjects refused so far, by rule.</summary>
    public IReadOnlyDictionary<string, long> Refused => _refused;

    /// <summary>The pure step, and what it comes to taken over. Parameters as of <see cref="EvaluationStep.Run"/>.</summary>
    public IReadOnlyList<Transition> Run(IReadOnlyList<Reading> readings, IEnumerable<long> times, long judgeAfter = long.MinValue)
    {
        var result = EvaluationStep.Run(_instances, Clock, readings, times, judgeAfter);
        Clock = result.Clock;
        foreach (var (key, instance) in result.Changed)
            _instances[key] = instance;
        foreach (var key in result.Forgotten)
            _instances.Remove(key);
        foreach (var (rule, count) in result.Refused ?? FrozenDictionary<string, int>.Empty)
            _refused[rule] = _refused.GetValueOrDefault(rule) + count;
        Ran?.Invoke(readings.Count, result.Transitions, result.Refused?.Values.Sum() ?? 0);
        return result.Transitions;
    }

    /// <summary>Forgets some rules. What fires of them is resolved.</summary>
    /// <param name="isDropped">Whether a rule of this id is.</param>
    /// <param name="time">When, in milliseconds since 1970.</param>
    public List<Transition> Drop(Func<string, bool> isDropped, long time, ResolveReason reason)
    {
        var dropped = _instances.Where(one => isDropped(one.Key.Rule)).ToList();
        foreach (var (key, _) in dropped)
            _instances.Remove(key);
        return [.. dropped.Where(one => one.Value.State is InstanceState.Firing)
            .Select(one => new Transition(one.Key, one.Value.State, new InstanceState.Resolved(time, reason), time, null))];
    }

    public SavedStream Save() => new(Clock,
    [
        .. _instances.Where(one => one.Value.IsLively).Select(one => new SavedInstance(
            one.Key.Rule, one.Key.Subject.Metric, [.. one.Key.Subject.Labels],
            one.Value.State, one.Value.SampleAt, one.Value.SeenAt, one.Value.Interval)),
    ]);
}
