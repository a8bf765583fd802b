using System.Diagnostics;
using Outrider.Grains.Alerts.Evaluation;
using Outrider.Grains.Alerts.Rules;
using Outrider.Protocol.Metrics;

namespace Outrider.Bench.Alerts;

/// <summary>Reports of one agent through the pure step: 50 rules of one series each.</summary>
internal static class StepBench
{
    private const int Rules = 50;
    private const int Reports = 100_000;

    public static void Run()
    {
        Console.WriteLine("| rules | CPU s per million rule-samples | bytes allocated per rule-sample |\n|---|---|---|");
        Measure("newest sample, hold time", rule => rule with { DurationSeconds = 300 });
        Measure("average over 1 min", rule => rule with { WindowSeconds = 60, Aggregation = RuleAggregation.Avg });
        Measure("average over 1 h", rule => rule with { WindowSeconds = 3_600, Aggregation = RuleAggregation.Avg });
        Measure("rate over 5 min", rule => rule with { WindowSeconds = 300, Rate = true });
    }

    private static void Measure(string what, Func<RuleDefinition, RuleDefinition> change)
    {
        var rules = Enumerable.Range(0, Rules).Select(i => new EvaluatedRule(change(
            new RuleDefinition { Id = $"r{i}", Name = $"r{i}", Metric = Spikes.Metric(i), Threshold = 80 }))).ToList();
        var index = new RuleIndex(rules);
        var series = rules.Select(rule => new Series(rule.Definition.Metric)).ToList();
        var stream = new EvaluationStream(SavedStream.Empty);
        var random = new Random(1);
        var reports = Reports / (what.Contains("1 h", StringComparison.Ordinal) ? 10 : 1);
        Feed(reports / 10);
        var (began, allocated) = (Process.GetCurrentProcess().TotalProcessorTime, GC.GetTotalAllocatedBytes());
        Feed(reports);
        var cpu = (Process.GetCurrentProcess().TotalProcessorTime - began).TotalSeconds;
        var samples = (double)reports * Rules;
        Console.WriteLine($"| {what} | {cpu / samples * 1e6:0.00} | {(GC.GetTotalAllocatedBytes() - allocated) / samples:0} |");

        void Feed(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var time = stream.Clock.Time + 10_000;
                var readings = new List<Reading>();
                foreach (var one in series)
                {
                    var sample = new Sample(time, random.Next(100) == 0 ? 90 : 10);
                    foreach (var rule in index.Of(one))
                        readings.Add(new Reading(rule, one, sample));
                }
                stream.Run(readings, [time]);
            }
        }
    }
}
