using FsCheck;
using FsCheck.Fluent;
using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Tests.Pure.Metrics;

public sealed class SampleSorterTests
{
    [Fact]
    public void Sort_SamplesInAnyOrder_GivesEachSeriesByTimeAndKeepsTheLater() => Prop.ForAll(Runs, Check).QuickCheckThrowOnFailure();

    [Fact]
    public void Sort_SamplesInOrder_GivesThemAsTheyCame() => Prop.ForAll(OrderedRuns, Check).QuickCheckThrowOnFailure();

    private static void Check(List<(int, long[], double[])> runs)
    {
        var sorter = new SampleSorter();
        // What was there before leaves nothing behind.
        sorter.Add(9, [3, 2, 1], [0, 0, 0]);
        sorter.Sort();
        sorter.Clear();
        var expected = new SortedDictionary<(int, long), double>();
        foreach (var (ordinal, times, values) in runs)
        {
            sorter.Add(ordinal, times, values);
            for (var i = 0; i < times.Length; i++)
                expected[(ordinal, times[i])] = values[i];
        }
        var found = new List<((int, long), double)>();
        var count = sorter.Sort();
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            for (var i = 0; i < sorter.Times(ordinal).Length; i++)
                found.Add(((ordinal, sorter.Times(ordinal)[i]), sorter.Values(ordinal)[i]));
        }
        Assert.Equal(expected.Select(pair => (pair.Key, pair.Value)), found);
    }

    private static Arbitrary<List<(int, long[], double[])>> Runs => Gen.ListOf(
        from ordinal in Gen.Choose(0, 7)
        from rising in Gen.Elements(true, false)
        from times in Gen.ListOf(Gen.Choose(0, 40))
        from first in Gen.Choose(0, 1000)
        select (ordinal,
            (rising ? times.Distinct().Order() : times.AsEnumerable()).Select(time => (long)time).ToArray(),
            Enumerable.Range(first, rising ? times.Distinct().Count() : times.Count).Select(value => (double)value).ToArray()))
        .Select(list => list.ToList()).ToArbitrary();

    /// <summary>As they come from chunk after chunk: series by series, each time behind the one before, but for what may be swapped.</summary>
    private static Arbitrary<List<(int, long[], double[])>> OrderedRuns =>
        (from runs in Runs.Generator
         from swapped in Gen.Elements(true, false)
         select (runs, swapped)).Select(pair =>
        {
            var ordered = pair.runs.OrderBy(run => run.Item1)
                .Select((run, i) => (run.Item1, run.Item2.Distinct().Order().Select(time => time + 100L * i).ToArray()))
                .Select(run => (run.Item1, run.Item2, run.Item2.Select(time => (double)time).ToArray())).ToList();
            if (pair.swapped && ordered.Count > 1)
                (ordered[0], ordered[^1]) = (ordered[^1], ordered[0]);
            return ordered;
        }).ToArbitrary();
}
