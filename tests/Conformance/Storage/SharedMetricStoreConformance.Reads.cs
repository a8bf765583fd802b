using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Conformance.Storage;

public abstract partial class SharedMetricStoreConformance
{
    [Fact]
    public async Task Read_WhatAnotherNodeDid_IsSeenAfterASecond()
    {
        var a = await StartAsync();
        var b = await StartAsync(refreshAfter: TimeSpan.FromSeconds(1));
        await a.AppendAsync("x", 1, new Sample(Now, 1));
        Assert.Empty(await b.FindAsync());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Assert.Single(await b.SamplesAsync("x")).Value);
        await a.AppendAsync("x", 2, new Sample(Now, 2), "other");
        await a.Store.SetPolicyAsync(Tenant, new MetricPolicy(MaxSeries: 7), default);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Assert.Single(await b.SamplesAsync("x", "other")).Value);
        Assert.Equal(7, (await b.Store.ReadUsageAsync(Tenant, default)).Policy.MaxSeries);
        await a.Store.DeleteAgentAsync(Tenant, "x", default);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await b.FindAsync());
        await a.Store.DeleteTenantAsync(Tenant, default);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new MetricPolicy().MaxSeries, (await b.Store.ReadUsageAsync(Tenant, default)).Policy.MaxSeries);
    }

    [Fact]
    public async Task Load_MoreSeriesThanAPage_KnowsAllOfThem()
    {
        const int Agents = 7, Batches = 300;
        var a = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, Agents).Select(async agent =>
        {
            for (ulong i = 1; i <= Batches; i++)
                await a.AppendAsync($"x{agent}", i, new Sample(Now, i), $"m{i}");
        }));
        // The tenant's row has changed after all of them.
        await a.Store.SetPolicyAsync(Tenant, new MetricPolicy(MaxSeries: 10_000), default);
        var b = await StartAsync();
        var usage = await b.Store.ReadUsageAsync(Tenant, default);
        Assert.Equal((Agents, Agents * Batches, 10_000), (usage.Agents, usage.Series, usage.Policy.MaxSeries));
        Assert.Equal(Batches, Assert.Single(await b.SamplesAsync("x3", $"m{Batches}")).Value);
    }

    [Fact]
    public async Task Latest_WhileTheAgentMovesAndIsFolded_IsTheNewestOnEachNode()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        for (ulong i = 1; i <= 12; i++)
        {
            await (i % 4 < 2 ? a : b).AppendAsync("x", i, new Sample(Now + (long)i, i));
            if (i % 3 == 0)
                await b.Store.MaintainAsync(all: true);
            Assert.Equal(i, (await a.LatestAsync("x"))?.Value);
            // Not each time, so that it has to catch up with more than one.
            if (i % 2 == 0)
                Assert.Equal(i, (await b.LatestAsync("x"))?.Value);
        }
        Assert.Null(b.Store.Fault);
    }

    [Fact]
    public async Task Recent_OfAgentsThatOtherNodesTake_IsTheNewestOnEachNode()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        for (ulong i = 1; i <= 12; i++)
        {
            await (i % 4 < 2 ? a : b).AppendAsync("x", i, new Sample(Now + (long)i, i));
            await a.AppendAsync("y", i, new Sample(Now + (long)i, 100 + i));
            if (i % 3 == 0)
                Assert.Equal([i, 100 + i], await RecentAsync(a));
            Assert.Equal([i, 100 + i], await RecentAsync(b));
            if (i == 6)
                await b.Store.MaintainAsync(all: true);
        }
        // One that comes later sees them by their last batches, and the newest of all it asks for as before.
        var late = await StartAsync();
        Assert.Equal([12, 112], await RecentAsync(late));
        Assert.Equal(12, (await late.LatestAsync("x"))?.Value);

        async Task<IEnumerable<double>> RecentAsync(MetricNode node) =>
            (await node.Store.ReadRecentAsync(MetricNode.Tenant, ["n"], 0, default)).Select(one => one.Sample.Value).Order();
    }

    [Fact]
    public async Task Steps_OfADayThatAnotherNodeRolledUpAndGotLateSamplesFor_CountThem()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        var start = Now;
        for (ulong i = 0; i < 24; i++)
            await a.AppendAsync("x", i + 1, new Sample(start + (long)i * Hour, 1));
        _time.Advance(TimeSpan.FromHours(25));
        await a.Store.MaintainAsync(all: true);
        Assert.Equal(24, await StepsAsync(b));
        await b.AppendAsync("x", 100, new Sample(start + 90 * Minute, 1));
        foreach (var step in new Func<Task>[] { () => Task.CompletedTask, () => a.Store.MaintainAsync(all: true), () => b.Store.MaintainAsync() })
        {
            await step();
            Assert.Equal(25, await StepsAsync(a));
            Assert.Equal(25, await StepsAsync(b));
        }
        Assert.Empty(await a.Backend.ReadDaysAsync(default));

        async Task<double> StepsAsync(MetricNode node) => Assert.Single(await node.Store.ReadStepsAsync(
            Tenant, [await node.OneAsync("x")], start, start + Day, 2 * Hour, default)).Sum(step => step.Sum);
    }
}
