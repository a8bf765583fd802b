using System.Runtime.InteropServices;

namespace Outrider.Grains.Alerts.Evaluation;

/// <summary>
/// The pure step: readings come, instances and the timeline go on, and what changed is told. The order of the readings doesn't matter, nor
/// into how many steps they are split, as long as each subject's come in the order of their times from step to step; one that is older than
/// its subject's newest counts in the window and changes no state.
/// </summary>
public static class EvaluationStep
{
    /// <summary>Subjects of one rule at one agent; more aren't taken up.</summary>
    public const int MaxSubjects = 1_000;

    /// <summary>The longest window a rule may have.</summary>
    public const long MaxWindow = 3_600_000;

    /// <param name="instances">What is remembered; not changed.</param>
    /// <param name="clock">The timeline so far.</param>
    /// <param name="readings">What was measured, in any order. NaN stands for nothing.</param>
    /// <param name="times">When anything was measured: shows that the agent measures, also what no rule looks at.</param>
    /// <param name="judgeAfter">Samples up to this time only fill windows: they were judged before.</param>
    public static StepResult Run(
        IReadOnlyDictionary<InstanceKey, Instance> instances, Timeline clock, IReadOnlyList<Reading> readings, IEnumerable<long> times,
        long judgeAfter = long.MinValue)
    {
        var run = new EvaluationRun(instances, clock, judgeAfter);
        // The last one first, and a stable sort: of two samples of one time the later one counts.
        var sorted = readings.Where(reading => !double.IsNaN(reading.Sample.Value)).Reverse().OrderBy(reading => reading.Sample.Time).ToList();
        var moments = times.Concat(sorted.Select(reading => reading.Sample.Time)).Distinct().Order();
        var rest = CollectionsMarshal.AsSpan(sorted);
        foreach (var moment in moments)
        {
            run.Advance(moment);
            while (rest.Length > 0 && rest[0].Sample.Time == moment)
            {
                run.Take(rest[0]);
                rest = rest[1..];
            }
        }
        return run.End();
    }
}
