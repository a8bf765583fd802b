using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Alerts.Evaluation;
using Outrider.Grains.Alerts.Rules;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Pure.Alerts;

/// <summary>What holds for all rules and all samples.</summary>
public sealed class EvaluationPropertyTests
{
    [Fact]
    public void Run_AnySamples_NeverFiresBeforeTheHoldTime() => ForAll((rule, readings, _) =>
        Run(readings).All(transition => transition.To is not InstanceState.Firing firing
            || (firing.FiredAt - firing.Since >= rule.Duration && firing.FiredAt == transition.At)));

    [Fact]
    public void Run_AnySamplesWithoutAWindow_FiresOnlyWhereEverySampleOfTheHoldTimeHolds() => ForAll((rule, readings, _) =>
        rule.Window > 0 || Run(readings).All(transition => transition.To is not InstanceState.Firing firing
            || readings.Where(one => one.Subject.Equals(transition.Key.Subject) && one.Sample.Time >= firing.Since && one.Sample.Time <= firing.FiredAt)
                .All(one => rule.Holds(one.Sample.Value))));

    [Fact]
    public void Run_AnySamples_ResolvesExactlyWhatFired() => ForAll((rule, readings, _) =>
        Run(readings).GroupBy(transition => transition.Key).All(ofOne => ofOne.Aggregate(
            (Firing: false, Ok: true), (before, transition) => transition.To switch
            {
                InstanceState.Firing => (true, before.Ok && !before.Firing),
                InstanceState.Resolved => (false, before.Ok && before.Firing),
                _ => (before.Firing, before.Ok && !before.Firing),
            }).Ok));

    [Fact]
    public void Run_SplitIntoAnySteps_ComesToTheSame() => ForAll((_, readings, random) =>
    {
        var stream = new EvaluationStream(SavedStream.Empty);
        var inSteps = Steps(readings, random).SelectMany(step => stream.Run(step, [])).ToList();
        return Ticks.Text(Sorted(Run(readings))) == Ticks.Text(Sorted(inSteps));
    });

    [Fact]
    public void Run_InAnyOrder_ComesToTheSame() => ForAll((rule, readings, random) =>
    {
        var shuffled = readings.ToArray();
        random.Shuffle(shuffled);
        return Ticks.Text(Sorted(Run(readings))) == Ticks.Text(Sorted(Run(shuffled)));
    });

    [Fact]
    public void Run_RestartedAnywhere_ComesToTheSame() => ForAll((rule, readings, random) =>
    {
        var (stream, seen, transitions) = (new EvaluationStream(SavedStream.Empty), new List<Reading>(), new List<Transition>());
        foreach (var step in Steps(readings, random))
        {
            seen.AddRange(step);
            // Killed after it had saved: the store gives back what the windows need, and what came since.
            var restarts = random.Next(3) == 0;
            if (restarts)
                stream = new EvaluationStream(stream.Save());
            transitions.AddRange(restarts ? stream.Run(seen, [], stream.Clock.Time) : stream.Run(step, []));
        }
        return Ticks.Text(Sorted(Run(readings))) == Ticks.Text(Sorted(transitions));
    });

    [Fact]
    public void Run_RestartedFromAnEarlierSave_FindsTheSameAlertsAgain() => ForAll((rule, readings, random) =>
    {
        var saved = readings[random.Next(readings.Length)].Sample.Time;
        var half = readings.Where(one => one.Sample.Time <= saved).ToArray();
        var stream = new EvaluationStream(SavedStream.Empty);
        stream.Run(half, []);
        var state = stream.Save();
        var first = stream.Run([.. readings.Except(half)], []);
        var again = new EvaluationStream(state).Run(readings, [], state.Clock.Time);
        return Ticks.Text(Sorted(first)) == Ticks.Text(Sorted(again));
    });

    [Fact]
    public void Of_DifferentAlerts_HaveDifferentIds() => Prop.ForAll<NonNull<string>, NonNull<string>, NonNull<string>>((a, b, c) =>
    {
        var parts = new[] { a.Get, b.Get, c.Get };
        var ids = new HashSet<string>();
        var whole = string.Concat(parts);
        // Every way to divide the same text into tenant, agent and rule.
        var ways = from i in Enumerable.Range(0, whole.Length + 1)
                   from j in Enumerable.Range(i, whole.Length + 1 - i)
                   select (whole[..i], whole[i..j], whole[j..]);
        var all = ways.Distinct().ToList();
        foreach (var (tenant, agent, rule) in all)
            ids.Add(AlertIds.Of(tenant, agent, new InstanceKey(rule, Ticks.Subject), 1));
        return ids.Count == all.Select(way => (Bytes(way.Item1), Bytes(way.Item2), Bytes(way.Item3))).Distinct().Count();
    }).QuickCheckThrowOnFailure();

    /// <summary>Half a surrogate pair has no bytes of its own.</summary>
    private static string Bytes(string text) => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text));

    private static void ForAll(Func<EvaluatedRule, Reading[], Random, bool> holds) => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var rule = RandomRule(random);
        return holds(rule, RandomReadings(rule, random), random);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static EvaluatedRule RandomRule(Random random) => new(Ticks.Rule(rule => rule with
    {
        Threshold = 50,
        Operator = (RuleOperator)random.Next(6),
        DurationSeconds = random.Next(3) * 20,
        KeepFiringSeconds = random.Next(3) * 15,
        Rate = random.Next(5) == 0,
        WindowSeconds = random.Next(2) == 0 ? 0 : 10 + random.Next(60),
        Aggregation = (RuleAggregation)random.Next(5),
    }));

    /// <summary>Up to three subjects, each with its own rhythm, and now and then an outage of all.</summary>
    private static Reading[] RandomReadings(EvaluatedRule rule, Random random)
    {
        var readings = new List<Reading>();
        var time = Ticks.Begin;
        for (var i = 0; i < 60; i++)
        {
            time += random.Next(20) == 0 ? random.Next(2_000_000) : 1 + random.Next(15_000);
            for (var subject = 0; subject < 3; subject++)
            {
                if (subject == 0 || random.Next(subject + 1) == 0)
                    readings.Add(new Reading(rule, new Series("load", new Label("s", $"{subject}")), new Sample(time, random.Next(4) * 33)));
            }
        }
        return [.. readings];
    }

    /// <summary>Never divides what was measured at one time.</summary>
    private static IEnumerable<List<Reading>> Steps(Reading[] readings, Random random)
    {
        var step = new List<Reading>();
        foreach (var moment in readings.GroupBy(one => one.Sample.Time))
        {
            step.AddRange(moment);
            if (random.Next(3) != 0)
                continue;
            yield return step;
            step = [];
        }
        yield return step;
    }

    private static IReadOnlyList<Transition> Run(Reading[] readings) => new EvaluationStream(SavedStream.Empty).Run(readings, []);

    private static IEnumerable<Transition> Sorted(IEnumerable<Transition> transitions) =>
        transitions.OrderBy(one => one.At).ThenBy(one => one.Key.Subject.ToString(), StringComparer.Ordinal);
}
