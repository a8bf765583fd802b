using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.PromQl;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Pure.PromQl;

public sealed class EvaluatorTests
{
    private static readonly QuerySteps s_steps = new(0, 17_000, 60);

    /// <summary>A counter: rising, but for its resets.</summary>
    private static readonly Gen<List<Sample>> s_counter = Gen.Choose(1, 60_000).Zip(Gen.Choose(-2, 50)).ListOf().Select(pairs =>
    {
        var samples = new List<Sample>();
        (long time, double value) = (0, 0);
        foreach (var (gap, rise) in pairs)
        {
            value = rise < 0 ? 0 : value + rise;
            samples.Add(new Sample(time += gap, value));
        }
        return samples;
    });

    [Fact]
    public void Rate_OfACounter_IsNeverNegative() => ForAll(s_counter, counter =>
        Evaluate("rate(x[2m])", counter).Concat(Evaluate("increase(x[2m])", counter)).Concat(Evaluate("irate(x[2m])", counter))
            .All(series => series.Values.All(value => Absent.Is(value) || value >= 0)));

    [Fact]
    public void SumOfSumsBy_IsTheSum() => ForAll(s_counter.ListOf(), counters =>
        Same(Evaluate("sum(sum by (no) (x))", [.. counters]), Evaluate("sum(x)", [.. counters]))
        && Same(Evaluate("sum(count by (group) (x))", [.. counters]), Evaluate("count(x)", [.. counters])));

    [Fact]
    public void Avg_IsBetweenMinAndMax() => ForAll(s_counter.ListOf(), counters =>
        Evaluate("min(x) > avg(x) + 1e-6 or max(x) < avg(x) - 1e-6", [.. counters]).All(series => series.Values.All(Absent.Is)));

    [Fact]
    public void Plan_SelectorsTwice_AreReadOnce()
    {
        var plan = Plan("rate(x[5m]) / (rate(x[5m]) + x + (x) + x offset 1m)");

        Assert.Equal([(-300_000, 1_003_001), (-300_000, 1_003_001), (-360_000, 943_001)], plan.Reads.Select(read => (read.From, read.To)).Order().Reverse());
    }

    private static List<StepSeries> Evaluate(string query, params List<Sample>[] all)
    {
        var plan = Plan(query);
        foreach (var read in plan.Reads)
        {
            for (var i = 0; i < all.Length; i++)
            {
                var series = new Series("x", new Label("no", $"{i}"), new Label("group", $"{i % 3}"));
                read.Add(new StoredSeries("a", series, i), [.. all[i].Where(sample => sample.Time >= read.From && sample.Time < read.To)], default);
            }
        }
        return [.. Assert.IsType<QueryValue.Vector>(Evaluator.Evaluate(plan).Value).Series];
    }

    private static QueryPlan Plan(string query) => new(PromQlParser.Parse(query).Value!, s_steps);

    private static bool Same(List<StepSeries> a, List<StepSeries> b) =>
        a.Count == b.Count && a.Zip(b).All(pair => pair.First.Values.SequenceEqual(pair.Second.Values));

    private static void ForAll<T>(Gen<T> generator, Func<T, bool> holds) =>
        Prop.ForAll(generator.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
