using Outrider.Protocol.Metrics;

namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>One rule, one subject, one sample: the heart of the evaluation.</summary>
public static class RuleStep
{
    /// <summary>Judges a sample that is newer than those before.</summary>
    /// <param name="clock">The timeline, with the sample's time on it.</param>
    /// <param name="value">What was compared; null: nothing could be, and the state stays as it was.</param>
    public static Instance Judge(EvaluatedRule rule, Instance before, Sample sample, Timeline clock, out double? value)
    {
        var seenAt = clock.At(sample.Time);
        // Never less than nothing: samples of several series may come a little out of order around an outage.
        var passed = before.SampleAt == 0 ? 0 : Math.Max(0, seenAt - before.SeenAt);
        var window = rule.Keep(before.Window, sample);
        value = rule.Compared(window, sample);
        var state = value is { } compared ? Next(rule, before.State, compared, sample.Time, passed) : before.State;
        return new Instance(state, sample.Time, seenAt, passed, window);
    }

    /// <summary>Judges that no sample came: the subject is gone.</summary>
    public static InstanceState Gone(InstanceState before, long time) => before switch
    {
        InstanceState.Firing => new InstanceState.Resolved(time, ResolveReason.NoData),
        InstanceState.Pending => InstanceState.Inactive.Value,
        _ => before,
    };

    private static InstanceState Next(EvaluatedRule rule, InstanceState before, double value, long time, long passed) =>
        (before, rule.Holds(value)) switch
        {
            (InstanceState.Inactive or InstanceState.Resolved, true) => Hold(rule, time, 0, time, value),
            (InstanceState.Inactive or InstanceState.Resolved, false) => before,
            (InstanceState.Pending pending, true) => Hold(rule, pending.Since, pending.Held + passed, time, value),
            (InstanceState.Pending, false) => InstanceState.Inactive.Value,
            (InstanceState.Firing { Cleared: null }, true) => before,
            (InstanceState.Firing firing, true) => firing with { Cleared = null },
            (InstanceState.Firing firing, false) when (firing.Cleared + passed ?? 0) is var cleared && cleared < rule.KeepFiring =>
                firing with { Cleared = cleared },
            (InstanceState.Firing, false) => new InstanceState.Resolved(time, ResolveReason.Recovered),
            _ => throw new ArgumentOutOfRangeException(nameof(before)),
        };

    private static InstanceState Hold(EvaluatedRule rule, long since, long held, long time, double value) =>
        held >= rule.Duration ? new InstanceState.Firing(since, time, value, null) : new InstanceState.Pending(since, held);
}
