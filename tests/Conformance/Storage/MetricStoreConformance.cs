using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;
using Outrider.Storage.Metrics;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>What the metric store must do on every backend, as tests. One is put under them by deriving from this class.</summary>
public abstract class MetricStoreConformance : IAsyncLifetime
{
    private const long Second = 1_000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private const string Tenant = MetricStoreFixture.Tenant;

    private MetricStoreFixture _metrics = null!;

    public async Task InitializeAsync() => _metrics = await MetricStoreFixture.OpenAsync(await CreatePlaceAsync());

    public async Task DisposeAsync() => await _metrics.DisposeAsync();

    [Fact]
    public async Task Append_TheSameBatchAgain_IsADuplicateAlsoAfterReopening()
    {
        var batch = MetricStoreFixture.Batch(7, [MetricStoreFixture.Of("cpu", new Sample(_metrics.Now, 1))]);
        Assert.Equal(new MetricAppend(false, 1, 1), (await _metrics.Store.AppendAsync(Tenant, "a", batch, default)).Value);
        Assert.Equal(new MetricAppend(true, 0, 0), (await _metrics.Store.AppendAsync(Tenant, "a", batch, default)).Value);
        await _metrics.ReopenAsync();
        Assert.Equal(new MetricAppend(true, 0, 0), (await _metrics.Store.AppendAsync(Tenant, "a", batch, default)).Value);
        Assert.Equal(new MetricAppend(false, 1, 1), (await _metrics.Store.AppendAsync(Tenant, "b", batch, default)).Value);
    }

    [Fact]
    public async Task Append_AnInvalidBatch_IsRefusedWholeAndCanBeSentRight()
    {
        var batch = MetricStoreFixture.Batch(1, [MetricStoreFixture.Of("cpu", new Sample(_metrics.Now, 1))]);
        var refused = await _metrics.Store.AppendAsync(Tenant, "a", batch.AsMemory(0, batch.Length - 1), default);
        Assert.Equal(ProblemCodes.BatchInvalid, refused.Problem?.Code);
        // No value has this tag.
        byte[] wrong = [.. batch[..^2], 0xFF, 0];
        Assert.Equal(ProblemCodes.BatchInvalid, (await _metrics.Store.AppendAsync(Tenant, "a", wrong, default)).Problem?.Code);
        Assert.Empty(await _metrics.FindAsync());
        Assert.Equal(0, (await _metrics.Store.ReadUsageAsync(Tenant, default)).Series);
        Assert.True((await _metrics.Store.AppendAsync(Tenant, "a", batch, default)).Ok);
        Assert.Single(await _metrics.FindAsync());
    }

    [Fact]
    public async Task Append_AboveTheSeriesLimit_StoresTheSeriesThatFitAndSaysSo()
    {
        await _metrics.Store.SetPolicyAsync(Tenant, new MetricPolicy(MaxSeries: 2), default);
        var now = _metrics.Now;
        SeriesSamples[] three = [.. "xyz".Select(c => MetricStoreFixture.Of($"{c}", new Sample(now, c)))];
        var answer = await _metrics.AppendAsync("a", three);
        Assert.Equal((2, ProblemCodes.SeriesLimit), (answer.Samples, answer.Refused?.Code));
        await _metrics.Store.MaintainAsync(all: true);
        Assert.Equal([new Sample(now, 'x')], await _metrics.SamplesAsync(await _metrics.OneAsync("x", "a"), now, now + 1));
        Assert.Equal(["x", "y"], (await _metrics.FindAsync()).Select(one => one.Series.Metric).Order());
        Assert.Equal(1, (await _metrics.Store.ReadUsageAsync(Tenant, default)).RefusedBySeriesLimit);

        // With a higher limit the same table means more.
        await _metrics.Store.SetPolicyAsync(Tenant, new MetricPolicy(MaxSeries: 3), default);
        Assert.Equal(new MetricAppend(false, 3, 2), await _metrics.AppendAsync("a", three));
        await _metrics.ReopenAsync();
        Assert.Equal(3, (await _metrics.Store.ReadUsageAsync(Tenant, default)).Series);
        Assert.Equal(3, (await _metrics.Store.ReadUsageAsync(Tenant, default)).Policy.MaxSeries);
    }

    [Fact]
    public async Task Read_AnotherTenant_SeesNothing()
    {
        await _metrics.AppendAsync("a", MetricStoreFixture.Of("cpu", new Sample(_metrics.Now, 1)));
        await _metrics.AppendAsync("evil", "a", [MetricStoreFixture.Of("mem", new Sample(_metrics.Now, 2))]);
        var series = await _metrics.FindAsync();
        Assert.Equal("cpu", Assert.Single(series).Series.Metric);
        Assert.Empty(Assert.Single(await _metrics.Store.ReadSamplesAsync("evil", series, 0, long.MaxValue, default)).Samples);
        Assert.Empty(Assert.Single(await _metrics.Store.ReadStepsAsync("evil", series, 0, _metrics.Now + Day, Hour, default)));
        Assert.Null(Assert.Single(await _metrics.Store.LatestAsync("evil", series, default)));
        Assert.Empty((await _metrics.Store.FindAsync("none", new SeriesSelector(), 10, default)).Value!);
    }

    public static TheoryData<LabelMatcher[], string> Selectors => new()
    {
        { [], "a/cpu a/disk/ a/disk/var b/disk/" },
        { [new(SeriesSelector.NameLabel, MatchOperator.Equal, "disk")], "a/disk/ a/disk/var b/disk/" },
        { [new(SeriesSelector.NameLabel, MatchOperator.Matches, "c.u|nothing")], "a/cpu" },
        { [new(SeriesSelector.NameLabel, MatchOperator.Matches, "cp")], "" },
        { [new("mount", MatchOperator.NotEqual, "/")], "a/cpu a/disk/var" },
        { [new("mount", MatchOperator.Equal, "")], "a/cpu" },
        { [new("mount", MatchOperator.NotMatches, "/.+|")], "a/disk/ b/disk/" },
        { [new("agent", MatchOperator.Equal, "b")], "b/disk/" },
        { [new("agent", MatchOperator.NotMatches, "b|c"), new("mount", MatchOperator.Matches, ".*var")], "a/disk/var" },
    };

    [Theory]
    [MemberData(nameof(Selectors))]
    public async Task Find_ASelector_GivesWhatItMatches(LabelMatcher[] matchers, string expected)
    {
        var now = new Sample(_metrics.Now, 1);
        SeriesSamples Disk(string mount) => new(new Series("disk", new Label("mount", mount)), [now]);
        await _metrics.AppendAsync("a", MetricStoreFixture.Of("cpu", now), Disk("/"), Disk("/var"));
        await _metrics.AppendAsync("b", Disk("/"));
        foreach (var reopened in new[] { false, true })
        {
            if (reopened)
                await _metrics.ReopenAsync();
            var found = (await _metrics.FindAsync(matchers)).Select(one => $"{one.Agent}/{one.Series.Metric}{one.Series["mount"]}");
            Assert.Equal(expected, string.Join(' ', found.Order(StringComparer.Ordinal)));
        }
    }

    [Fact]
    public async Task Find_TooManyOrABrokenExpression_SaysWhatToChange()
    {
        await _metrics.AppendAsync("a", MetricStoreFixture.Of("x"), MetricStoreFixture.Of("y"));
        var many = await _metrics.Store.FindAsync(Tenant, new SeriesSelector(), 1, default);
        Assert.Contains("more than 1 series", many.Problem?.Message);
        foreach (var expression in new[] { "(", @"(a)\1", new string('a', 2_000) })
        {
            var broken = await _metrics.Store.FindAsync(
                Tenant, new SeriesSelector(new LabelMatcher("mount", MatchOperator.Matches, expression)), 10, default);
            Assert.Equal(ProblemCodes.InvalidArgument, broken.Problem?.Code);
        }
    }

    [Fact]
    public async Task Latest_AcrossReopening_IsTheNewestSampleWhateverCameLast()
    {
        var now = _metrics.Now;
        await _metrics.AppendAsync("a", MetricStoreFixture.Of("cpu", new Sample(now, 2)));
        await _metrics.AppendAsync("a", MetricStoreFixture.Of("cpu", new Sample(now - Minute, 1)));
        foreach (var step in new Func<Task>[] { () => Task.CompletedTask, _metrics.ReopenAsync, Folded, _metrics.ReopenAsync })
        {
            await step();
            Assert.Equal(new Sample(now, 2), Assert.Single(await _metrics.Store.LatestAsync(Tenant, await _metrics.FindAsync(), default)));
        }

        Task Folded() => _metrics.Store.MaintainAsync(all: true);
    }

    [Fact]
    public async Task Recent_OfSomeMetrics_IsTheNewestOfEachAgentSinceThen()
    {
        var now = _metrics.Now;
        await _metrics.AppendAsync("a", MetricStoreFixture.Of("cpu", new Sample(now - 1, 1), new Sample(now, 2)), MetricStoreFixture.Of("mem", new Sample(now, 3)));
        await _metrics.AppendAsync("b", MetricStoreFixture.Of("cpu", new Sample(now - Minute, 4)), MetricStoreFixture.Of("load", new Sample(now, 5)));
        await _metrics.AppendAsync("evil", "a", [MetricStoreFixture.Of("cpu", new Sample(now, 6))]);

        Assert.Equal("a/cpu=2 a/mem=3", await RecentAsync(now - Minute + 1, "cpu", "mem", "none"));
        Assert.Equal("a/cpu=2 b/cpu=4", await RecentAsync(now - Minute, "cpu"));
        await _metrics.AppendAsync("a", MetricStoreFixture.Of("cpu", new Sample(now - 2, 7)));
        await _metrics.Store.MaintainAsync(all: true);
        Assert.Equal("a/cpu=2 b/cpu=4", await RecentAsync(now - Minute, "cpu"));
        Assert.Empty(await _metrics.Store.ReadRecentAsync("none", ["cpu"], 0, default));

        async Task<string> RecentAsync(long since, params string[] metrics) => string.Join(' ',
            (await _metrics.Store.ReadRecentAsync(Tenant, metrics, since, default))
                .Select(one => $"{one.Agent}/{one.Series.Metric}={one.Sample.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Retention_DaysLater_KeepsTheCoarserAndRemovesTheRest()
    {
        await _metrics.Store.SetPolicyAsync(
            Tenant, new MetricPolicy(RawHours: 24, MinuteDays: 2, FiveMinuteDays: 4, TwoHourDays: 40), default);
        var start = _metrics.Now;
        for (var hour = 0; hour < 24; hour++)
        {
            await _metrics.AppendAsync("a", MetricStoreFixture.Of("cpu", [.. Every(10 * Second, start + hour * Hour, Hour, i => i % 7)]));
            _metrics.Time.Advance(TimeSpan.FromHours(1));
            await _metrics.Store.MaintainAsync();
        }
        var series = await _metrics.OneAsync("cpu", "a");
        Assert.Equal(24 * 360, (await _metrics.SamplesAsync(series, start, start + Day)).Count);
        foreach (var (days, samples, oldest) in new[] { (2, 24 * 60, Minute), (3, 24 * 12, 5 * Minute), (6, 12, 2 * Hour) })
        {
            _metrics.Time.Advance(TimeSpan.FromMilliseconds(start + days * Day + 12 * Hour - _metrics.Now));
            await _metrics.Store.MaintainAsync();
            await _metrics.ReopenAsync();
            Assert.Null(_metrics.Store.Fault);
            var read = await _metrics.SamplesAsync(series, start, start + Day);
            Assert.Equal((days, samples), (days, read.Count));
            Assert.Equal(start + oldest - 1, read[0].Time);
            var steps = await _metrics.StepsAsync(series, start, start + Day, 2 * Hour);
            Assert.Equal(Enumerable.Repeat(720.0, 12), steps.Select(step => step.Count));
            Assert.Equal(Enumerable.Range(0, 24 * 360).Select(i => i % 360 % 7).Sum(), steps.Sum(step => step.Sum));
            Assert.All(steps, step => Assert.Equal((0, 6), (step.Min, step.Max)));
        }
        Assert.Empty(await _metrics.Store.CheckAsync(default));
        _metrics.Time.Advance(TimeSpan.FromDays(100));
        await _metrics.Store.MaintainAsync();
        Assert.Empty(await _metrics.SamplesAsync(series, start, start + Day));
        Assert.Equal(0, await _metrics.ChunksAsync());
    }

    [Fact]
    public async Task Append_LateSamplesWhoseRawOnesAreGone_AreWorkedIntoTheRollUps()
    {
        var start = _metrics.Now;
        await _metrics.AppendAsync("a", MetricStoreFixture.Of("cpu", [.. Every(10 * Second, start, Hour, _ => 1)]));
        _metrics.Time.Advance(TimeSpan.FromDays(3));
        await _metrics.Store.MaintainAsync();
        await _metrics.AppendAsync(
            "a", MetricStoreFixture.Of("cpu", [.. Every(10 * Second, start + 30 * Minute + 5 * Second, Hour, _ => 3)]),
            MetricStoreFixture.Of("mem", new Sample(start, 5)));
        await _metrics.Store.MaintainAsync(all: true);
        Assert.Null(_metrics.Store.Fault);
        var series = await _metrics.OneAsync("cpu", "a");
        foreach (var step in new[] { Minute, 5 * Minute, Hour, 2 * Hour })
        {
            var steps = await _metrics.StepsAsync(series, start, start + 2 * Hour, step);
            Assert.Equal((720, 360 + 3 * 360), (steps.Sum(one => one.Count), steps.Sum(one => one.Sum)));
            Assert.Equal((1, 3), (steps.Min(one => one.Min), steps.Max(one => one.Max)));
            Assert.Equal(start, steps[0].Time);
        }
        Assert.Equal(5, Assert.Single(await _metrics.StepsAsync(await _metrics.OneAsync("mem", "a"), start, start + Day, Day)).Sum);
        Assert.Empty(await _metrics.Store.CheckAsync(default));
    }

    [Fact]
    public async Task Append_SamplesPastRetentionOrFarAhead_AreLeftOutAndCounted()
    {
        await _metrics.AppendAsync("a", MetricStoreFixture.Of("cpu", new Sample(_metrics.Now, 1)));
        await _metrics.Store.MaintainAsync(all: true);
        await _metrics.AppendAsync("a", MetricStoreFixture.Of(
            "cpu", new Sample(_metrics.Now - 9 * Day, 1), new Sample(_metrics.Now + Hour, 2), new Sample(_metrics.Now + 2 * Day, 3)));
        await _metrics.Store.MaintainAsync(all: true);
        Assert.Equal(2, (await _metrics.Store.ReadUsageAsync(Tenant, default)).RefusedByTime);
        Assert.Equal([1, 2], (await _metrics.SamplesAsync(await _metrics.OneAsync("cpu", "a"), 0, long.MaxValue)).Select(one => one.Value));
    }

    [Fact]
    public async Task Delete_AnAgentThenTheTenant_LeavesNothingOfThem()
    {
        foreach (var (tenant, agent) in new[] { (Tenant, "a"), (Tenant, "b"), ("other", "a") })
        {
            await _metrics.AppendAsync(tenant, agent, [MetricStoreFixture.Of("cpu", new Sample(_metrics.Now - 3 * Hour, 1))], Processes());
            await _metrics.Store.MaintainAsync(all: true);
            await _metrics.AppendAsync(tenant, agent, [MetricStoreFixture.Of("cpu", new Sample(_metrics.Now, 1))]);
        }
        await _metrics.Store.DeleteAgentAsync(Tenant, "a", default);
        Assert.Equal("b", Assert.Single(await _metrics.FindAsync()).Agent);
        Assert.Null(await _metrics.Store.ReadProcessesAsync(Tenant, "a", _metrics.Now, default));

        // Its name begins anew, also its batches' numbers.
        var again = MetricStoreFixture.Batch(1, [MetricStoreFixture.Of("cpu", new Sample(_metrics.Now, 9))]);
        Assert.False((await _metrics.Store.AppendAsync(Tenant, "a", again, default)).Value!.Duplicate);
        Assert.Equal([9], (await _metrics.SamplesAsync(await _metrics.OneAsync("cpu", "a"), 0, long.MaxValue)).Select(one => one.Value));

        await _metrics.Store.DeleteTenantAsync(Tenant, default);
        await _metrics.Store.DeleteTenantAsync("other", default);
        Assert.Equal(0, await _metrics.ChunksAsync());
        Assert.Empty(await _metrics.Backend.ReadJournalHeadsAsync(default));
        Assert.Empty(await _metrics.Backend.ReadDaysAsync(default));
        var left = await _metrics.Backend.ReadChangesAsync(0, default);
        Assert.Empty(left.Tenants);
        Assert.Empty(left.Agents);
        Assert.Empty(left.Series);
        for (var agent = 0; agent < 10; agent++)
            Assert.Null(await _metrics.Backend.ReadProcessesAsync(agent, int.MaxValue, default));
    }

    [Fact]
    public async Task Check_ABrokenChunk_NamesIt()
    {
        await _metrics.AppendAsync("a", MetricStoreFixture.Of("cpu", new Sample(_metrics.Now - 3 * Hour, 1)));
        await _metrics.Store.MaintainAsync(all: true);
        Assert.Empty(await _metrics.Store.CheckAsync(default));
        var key = Assert.Single(await _metrics.Backend.ReadKeysAsync(ChunkLevel.Raw, int.MaxValue >> 10, default));
        var chunk = Assert.Single((await _metrics.Backend.ReadAsync(null, [ChunkRange.One(key)], default)).Chunks);
        chunk.Bytes[9] ^= 0xFF;
        await _metrics.Backend.MoveAsync(new MetricMove { Put = [chunk] }, default);
        var fault = Assert.Single(await _metrics.Store.CheckAsync(default));
        Assert.Contains("Level = Raw", fault);
        Assert.Contains("checksum", fault);
        var series = await _metrics.OneAsync("cpu", "a");
        var refused = await Assert.ThrowsAsync<Outrider.Storage.StorageException>(() => _metrics.SamplesAsync(series, 0, long.MaxValue));
        Assert.Contains("Restore the store from a backup", refused.Message);
    }

    [Fact]
    public async Task ReadProcesses_SnapshotsOfSeveralMinutes_GivesTheOneOfTheTime()
    {
        for (var i = 0; i < 4; i++)
        {
            await _metrics.AppendAsync(Tenant, "a", [], Processes());
            _metrics.Time.Advance(TimeSpan.FromSeconds(30));
        }
        var found = await _metrics.Store.ReadProcessesAsync(Tenant, "a", _metrics.Now, default);
        Assert.Equal(_metrics.Now - Minute, found?.Time);
        Assert.Equal("java", Assert.Single(found!.Rows).Name);
        Assert.Equal(_metrics.Now - 2 * Minute, (await _metrics.Store.ReadProcessesAsync(Tenant, "a", _metrics.Now - Minute - 1, default))?.Time);
        Assert.Null(await _metrics.Store.ReadProcessesAsync(Tenant, "a", _metrics.Now - Hour, default));
        _metrics.Time.Advance(TimeSpan.FromDays(2));
        await _metrics.Store.MaintainAsync();
        Assert.Null(await _metrics.Store.ReadProcessesAsync(Tenant, "a", _metrics.Now, default));
    }

    [Fact]
    public async Task Maintain_ByItsOwnTimer_FoldsWhatWaits()
    {
        await using var store = await MetricStore.OpenAsync(_metrics.Backend, _metrics.Time);
        var batch = MetricStoreFixture.Batch(1, [MetricStoreFixture.Of("cpu", new Sample(_metrics.Now, 1))]);
        await store.AppendAsync("timed", "a", batch, default);
        _metrics.Time.Advance(TimeSpan.FromMinutes(11));
        // One pass at a time: after this one the timer's is over too, or has found nothing left to do.
        await store.MaintainAsync();
        Assert.Empty(await _metrics.Backend.ReadJournalHeadsAsync(default));
        Assert.Equal(1, await _metrics.ChunksAsync());
    }

    private ProcessTable Processes() => new(_metrics.Now, 120, 4, 16L << 30, [new ProcessRow(7, "java") { Command = "java -jar x.jar", CpuPercent = 12.5 }]);

    private static IEnumerable<Sample> Every(long gap, long from, long length, Func<long, double> value)
    {
        for (var i = 0L; i * gap < length; i++)
            yield return new Sample(from + i * gap, value(i));
    }

    protected abstract Task<MetricPlace> CreatePlaceAsync();
}
