using FsCheck;
using FsCheck.Fluent;
using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Tests.Pure.Metrics;

public sealed class SampleSorterTests
{
    [Fact]
    public void Sort_SamplesInAnyOrder_GivesEachSeriesByTimeAndKeepsTheLater() => Prop.ForAll(Runs, runs =>
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
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<List<(int, long[], double[])>> Runs => Gen.ListOf(
        from ordinal in Gen.Choose(0, 7)
        from rising in Gen.Elements(true, false)
        from times in Gen.ListOf(Gen.Choose(0, 40))
        from first in Gen.Choose(0, 1000)
        select (ordinal,
            (rising ? times.Distinct().Order() : times.AsEnumerable()).Select(time => (long)time).ToArray(),
            Enumerable.Range(first, rising ? times.Distinct().Count() : times.Count).Select(value => (double)value).ToArray()))
        .Select(list => list.ToList()).ToArbitrary();
}
