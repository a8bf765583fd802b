using Outrider.Protocol.Metrics;
using Outrider.Storage.Metrics.Chunks;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>Random weeks of several agents, beside a dictionary that holds the same samples.</summary>
public abstract class MetricStoreModelConformance
{
    private const long Second = 1_000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;

    private static readonly string[] s_agents = ["a", "b", "c"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Read_AfterAnything_GivesWhatWasStored(int seed)
    {
        var random = new Random(seed);
        await using var metrics = await MetricStoreFixture.OpenAsync(await CreatePlaceAsync());
        var model = new Dictionary<(string, Series), SortedDictionary<long, double>>();
        var start = metrics.Now;
        for (var turn = 0; turn < 160; turn++)
        {
            await AppendAsync(metrics, random, model);
            metrics.Time.Advance(TimeSpan.FromMinutes(random.Next(1, 30)));
            if (random.Next(4) == 0)
                await metrics.Store.MaintainAsync(all: random.Next(4) == 0);
            if (random.Next(25) == 0)
                await metrics.ReopenAsync();
            Assert.Null(metrics.Store.Fault);
            if (random.Next(10) == 0)
                await CompareAsync(metrics, random, model, start);
        }
        await metrics.Store.MaintainAsync(all: true);
        await CompareAsync(metrics, random, model, start);
        Assert.Empty(await metrics.Store.CheckAsync(default));
    }

    /// <summary>Many agents at once, while the store is maintained and read: nothing gets lost, and nothing comes twice.</summary>
    [Fact]
    public async Task Append_ManyAtOnceDuringMaintenance_KeepsEachBatchOnce()
    {
        const int Agents = 8, Batches = 150;
        await using var metrics = await MetricStoreFixture.OpenAsync(await CreatePlaceAsync());
        var start = metrics.Now - 5 * Hour;
        using var done = new CancellationTokenSource();
        var maintaining = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
                await metrics.Store.MaintainAsync(all: true);
        });
        await Task.WhenAll(Enumerable.Range(0, Agents).Select(agent => Task.Run(async () =>
        {
            for (var i = 1; i <= Batches; i++)
            {
                // Over four windows, so that the compaction of one meets the next.
                var batch = MetricStoreFixture.Batch((ulong)i, [MetricStoreFixture.Of("n", new Sample(start + i * 2 * Minute, i))]);
                Assert.False((await metrics.Store.AppendAsync(MetricStoreFixture.Tenant, $"a{agent}", batch, default)).Value!.Duplicate);
                Assert.True((await metrics.Store.AppendAsync(MetricStoreFixture.Tenant, $"a{agent}", batch, default)).Value!.Duplicate);
                if (i % 10 != 0)
                    continue;
                var read = await metrics.SamplesAsync(await metrics.OneAsync("n", $"a{agent}"), start, metrics.Now + Hour);
                Assert.Equal(Enumerable.Range(1, i).Select(n => (double)n), read.Select(sample => sample.Value));
            }
        })));
        await done.CancelAsync();
        await maintaining;
        Assert.Null(metrics.Store.Fault);
        Assert.Equal(Agents * Batches, (await metrics.Store.ReadUsageAsync(MetricStoreFixture.Tenant, default)).Stored);
    }

    protected abstract Task<MetricPlace> CreatePlaceAsync();

    private static async Task AppendAsync(
        MetricStoreFixture metrics, Random random, Dictionary<(string, Series), SortedDictionary<long, double>> model)
    {
        foreach (var agent in s_agents)
        {
            // Sometimes a backlog of hours, sometimes in two batches the later of which overwrites.
            var end = metrics.Now - (random.Next(6) == 0 ? random.Next(1, 20) * Hour : 0);
            var times = Enumerable.Range(0, random.Next(1, 60)).Select(i => end - i * 20 * Second + random.Next(50)).Distinct().Order().ToArray();
            var batch = Enumerable.Range(0, random.Next(1, 45))
                .Select(i => new SeriesSamples(
                    new Series($"m{i % 40}", new Label("part", $"{i / 40}")),
                    [.. times.Select(time => new Sample(time, i == 3 ? time / 1000 : random.Next(-500, 500) / 100.0))]))
                .ToArray();
            await metrics.AppendAsync(agent, batch);
            foreach (var (series, samples) in batch)
            {
                if (!model.TryGetValue((agent, series), out var known))
                    model.Add((agent, series), known = []);
                foreach (var (time, value) in samples)
                    known[time] = value;
            }
        }
    }

    private static async Task CompareAsync(
        MetricStoreFixture metrics, Random random, Dictionary<(string, Series), SortedDictionary<long, double>> model, long start)
    {
        var all = await metrics.FindAsync();
        Assert.Equal(model.Keys.ToHashSet(), all.Select(one => (one.Agent, one.Series)).ToHashSet());
        // Raw samples are kept a day at least; a window may be cut at its beginning.
        var from = Math.Max(start - 24 * Hour, metrics.Now - 22 * Hour) + random.Next(1, (int)Hour);
        var to = metrics.Now + random.Next(1, (int)Minute);
        foreach (var (series, samples) in all.Zip(await metrics.Store.ReadSamplesAsync(MetricStoreFixture.Tenant, all, from, to, default)))
        {
            var expected = model[(series.Agent, series.Series)].Where(pair => pair.Key >= from && pair.Key < to);
            Assert.Equal(expected.Select(pair => new Sample(pair.Key, pair.Value)), samples.Samples);
        }
        foreach (var step in new[] { 90 * Second, Minute, 10 * Minute, 4 * Hour })
            await CompareStepsAsync(metrics, model, all[random.Next(all.Count)], start - 24 * Hour, metrics.Now, step);
    }

    private static async Task CompareStepsAsync(
        MetricStoreFixture metrics, Dictionary<(string, Series), SortedDictionary<long, double>> model,
        Outrider.Grains.Metrics.StoredSeries series, long from, long to, long step)
    {
        var raw = metrics.Now - 22 * Hour;
        // A step that no roll-up adds up to is exact only where the raw samples are left.
        var first = RollUp.StepOf((step % Minute == 0 ? from : Math.Max(from, raw)) + step - 1, step);
        var samples = model[(series.Agent, series.Series)].Where(pair => pair.Key >= first && pair.Key < RollUp.StepOf(to + step - 1, step)).ToArray();
        var expected = new Columns(RollUp.Fields);
        RollUp.OfSamples([.. samples.Select(pair => pair.Key)], [.. samples.Select(pair => pair.Value)], step, expected);
        var actual = await metrics.StepsAsync(series, first, to, step);
        Assert.Equal(expected.Times.ToArray(), actual.Select(one => one.Time));
        Assert.Equal(expected[RollUp.Count].ToArray(), actual.Select(one => one.Count));
        Assert.Equal(expected[RollUp.Min].ToArray(), actual.Select(one => one.Min));
        Assert.Equal(expected[RollUp.Max].ToArray(), actual.Select(one => one.Max));
        Assert.Equal(expected[RollUp.Last].ToArray(), actual.Select(one => one.Last));
        Assert.All(expected[RollUp.Sum].ToArray().Zip(actual), pair => Assert.Equal(pair.First, pair.Second.Sum, 1e-9 * Math.Max(1, Math.Abs(pair.First))));
    }
}
