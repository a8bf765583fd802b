using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>One run of <see cref="EvaluationStep"/>: what has changed so far.</summary>
internal sealed class EvaluationRun
{
    private readonly IReadOnlyDictionary<InstanceKey, Instance> _instances;
    private readonly long _judgeAfter;
    private readonly Dictionary<InstanceKey, Instance> _changed = [];
    private readonly List<Transition> _transitions = [];
    private readonly HashSet<InstanceKey> _lively;
    private readonly Dictionary<string, int> _subjects = new(StringComparer.Ordinal);
    private Dictionary<string, int>? _refused;
    private Timeline _clock;

    public EvaluationRun(IReadOnlyDictionary<InstanceKey, Instance> instances, Timeline clock, long judgeAfter)
    {
        (_instances, _clock, _judgeAfter) = (instances, clock, judgeAfter);
        _lively = [.. instances.Where(one => one.Value.IsLively).Select(one => one.Key)];
        foreach (var key in instances.Keys)
            _subjects[key.Rule] = _subjects.GetValueOrDefault(key.Rule) + 1;
    }

    /// <summary>It is this late: what was not measured for too long is gone.</summary>
    public void Advance(long time)
    {
        if (time <= _clock.Time)
            return;
        _clock = _clock.Advance(time);
        if (time <= _judgeAfter)
            return;
        foreach (var key in _lively.Where(key => Find(key)!.IsGone(_clock)).ToList())
            Change(key, Find(key)! with { State = RuleStep.Gone(Find(key)!.State, time) }, time, null);
    }

    public void Take(Reading reading)
    {
        var (rule, subject, sample) = reading;
        var key = new InstanceKey(rule.Id, subject);
        if (Find(key) is not { } before)
        {
            if (_subjects.GetValueOrDefault(rule.Id) >= EvaluationStep.MaxSubjects)
            {
                _refused ??= new Dictionary<string, int>(StringComparer.Ordinal);
                _refused[rule.Id] = _refused.GetValueOrDefault(rule.Id) + 1;
                return;
            }
            _subjects[rule.Id] = _subjects.GetValueOrDefault(rule.Id) + 1;
            before = Instance.New;
        }
        if (sample.Time <= _judgeAfter)
            _changed[key] = Remember(rule, before, sample);
        else if (sample.Time < before.SampleAt)
            _changed[key] = before with { Window = rule.Keep(before.Window, sample) };
        else if (sample.Time > before.SampleAt)
            Change(key, RuleStep.Judge(rule, before, sample, _clock, out var value), sample.Time, value);
    }

    public StepResult End()
    {
        // Whatever is gone and quiet would begin anew just like this: its window is over, too.
        var forgotten = _instances.Concat(_changed)
            .Where(one => Find(one.Key) is { IsLively: false } instance && instance.IsGone(_clock) && IsOver(instance))
            .Select(one => one.Key).Distinct().ToList();
        return new StepResult(_clock, _changed, forgotten, _transitions, _refused);
    }

    private bool IsOver(Instance instance) => instance.Window.Count == 0 || _clock.Time - instance.Window.Newest >= EvaluationStep.MaxWindow;

    /// <summary>The instance with a sample that was judged in an earlier life of the evaluation.</summary>
    private Instance Remember(EvaluatedRule rule, Instance before, Sample sample)
    {
        var window = rule.Keep(before.Window, sample);
        if (sample.Time <= before.SampleAt)
            return before with { Window = window };
        var seenAt = _clock.At(sample.Time);
        return before with
        {
            SampleAt = sample.Time, SeenAt = seenAt, Interval = before.SampleAt == 0 ? 0 : Math.Max(0, seenAt - before.SeenAt), Window = window,
        };
    }

    private void Change(InstanceKey key, Instance to, long time, double? value)
    {
        var from = Find(key)?.State ?? InstanceState.Inactive.Value;
        _changed[key] = to;
        if (to.IsLively)
            _lively.Add(key);
        else
            _lively.Remove(key);
        if (from.GetType() != to.State.GetType())
            _transitions.Add(new Transition(key, from, to.State, time, value));
    }

    private Instance? Find(InstanceKey key) => _changed.GetValueOrDefault(key) ?? _instances.GetValueOrDefault(key);
}
