using System.Collections.Concurrent;
using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;
using Outrider.Storage;
using Outrider.Storage.Metrics;
using Outrider.Testing.MySql;

namespace Outrider.Tests.Conformance.Storage;

public abstract partial class SharedMetricStoreConformance
{
    [Fact]
    public async Task Delete_ByOneNode_IsDoneForTheOthersWhateverTheyDo()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await a.AppendAsync("x", 1, new Sample(Now, 1));
        await b.Store.MaintainAsync(all: true);
        await b.AppendAsync("x", 2, new Sample(Now + 1, 2));
        await a.Store.DeleteAgentAsync(Tenant, "x", default);
        await b.Store.MaintainAsync(all: true);
        Assert.Null(b.Store.Fault);
        Assert.Empty(await b.Backend.ReadKeysAsync(ChunkLevel.Folded, 1 << 20, default));
        // It was the agent's second batch, and is the new one's first.
        Assert.Equal(new MetricAppend(false, 1, 1), await b.AppendAsync("x", 3, new Sample(Now + 2, 3)));
        Assert.Equal(3, Assert.Single(await a.SamplesAsync("x")).Value);

        await b.Store.DeleteTenantAsync(Tenant, default);
        Assert.Equal(new MetricAppend(false, 1, 1), await a.AppendAsync("x", 4, new Sample(Now + 3, 4)));
        Assert.Equal(4, Assert.Single(await b.SamplesAsync("x")).Value);
        Assert.Empty(await b.Store.CheckAsync(default));
    }

    [Fact]
    public async Task Delete_ATenantWhoseAgentsKeepComing_EndsWithNoneOrANewTenant()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        using var done = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (ulong i = 1; !done.IsCancellationRequested; i++)
                await b.AppendAsync($"x{i % 5}", i, new Sample(Now, i));
        });
        for (var i = 0; i < 10; i++)
            await a.Store.DeleteTenantAsync(Tenant, default);
        await done.CancelAsync();
        await writing;
        await a.Store.DeleteTenantAsync(Tenant, default);
        foreach (var node in _nodes)
            Assert.Empty(await node.FindAsync());
        Assert.Equal(0, (await a.Store.ReadUsageAsync(Tenant, default)).Series);
    }

    [Fact]
    public async Task Maintain_WhileAnotherNodeDoes_IsLeftToIt()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await a.Store.MaintainAsync(all: true);
        await b.AppendAsync("x", 1, new Sample(Now, 1));
        await b.Store.MaintainAsync(all: true);
        Assert.Single(await b.Backend.ReadJournalHeadsAsync(default));
        await a.Store.MaintainAsync(all: true);
        Assert.Empty(await b.Backend.ReadJournalHeadsAsync(default));

        // Told to end, it leaves at once; dead, when its lease has run out.
        await b.AppendAsync("x", 2, new Sample(Now, 2));
        await a.Store.DisposeAsync();
        await b.Store.MaintainAsync(all: true);
        Assert.Empty(await b.Backend.ReadJournalHeadsAsync(default));
        var c = await StartAsync();
        await c.AppendAsync("x", 3, new Sample(Now, 3));
        await _place.EndLeaseAsync();
        await c.Store.MaintainAsync(all: true);
        Assert.Empty(await c.Backend.ReadJournalHeadsAsync(default));
    }

    [Fact]
    public async Task Move_ByANodeThatWasPausedAndReplaced_DoesNothing()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await a.AppendAsync("x", 1, new Sample(Now - 3 * Hour, 1));
        await a.Store.MaintainAsync();
        // What it was about to do when it was paused: compact what it had folded.
        await a.Store.MaintainAsync(all: true);
        var key = Assert.Single(await a.Backend.ReadKeysAsync(ChunkLevel.Raw, 1 << 20, default));
        var paused = new MetricMove { Remove = [ChunkRange.One(key)], AddDays = [new DayOfAgent(1, key.Agent)] };
        await _place.EndLeaseAsync();
        await b.Store.MaintainAsync(all: true);

        var refused = await Assert.ThrowsAsync<StorageException>(async () => await a.Backend.MoveAsync(paused, default));
        Assert.Contains("Another process maintains", refused.Message);
        Assert.False(a.Backend.Leads);
        Assert.True(b.Backend.Leads);
        Assert.Equal(1, Assert.Single(await a.SamplesAsync("x")).Value);
        Assert.DoesNotContain(await b.Backend.ReadDaysAsync(default), day => day.Day == 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Schedule_OfAnything_LosesAndDoublesNothing(int seed)
    {
        var random = new Random(seed);
        var model = new ConcurrentDictionary<(string Agent, ulong Seq), Sample>();
        var fresh = new ConcurrentDictionary<(string, ulong), int>();
        for (var i = 0; i < 3; i++)
            await StartAsync();
        var last = new Dictionary<string, ulong> { ["x"] = 0, ["y"] = 0, ["z"] = 0 };
        for (var turn = 0; turn < 60; turn++)
        {
            await Task.WhenAll(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Step()).ToList().Select(Task.Run));
            _time.Advance(TimeSpan.FromMinutes(random.Next(1, 25)));
            if (random.Next(6) == 0)
                await _place.EndLeaseAsync();
            // A process that is gone without a word; its lease goes on.
            if (random.Next(10) == 0)
                _nodes[random.Next(_nodes.Count)] = await MetricNode.StartAsync(_place.Open(), _time);
            if (random.Next(8) == 0)
                await CompareAsync(_nodes[random.Next(_nodes.Count)]);
            Assert.All(_nodes, node => Assert.Null(node.Store.Fault));
        }
        Assert.All(fresh, pair => Assert.Equal(1, pair.Value));
        await _place.EndLeaseAsync();
        await _nodes[0].Store.MaintainAsync(all: true);
        foreach (var node in _nodes)
            await CompareAsync(node);
        Assert.Empty(await _nodes[0].Store.CheckAsync(default));

        Func<Task> Step()
        {
            var node = _nodes[random.Next(_nodes.Count)];
            if (random.Next(4) == 0)
                return () => node.Store.MaintainAsync(all: true);
            var agent = "xyz"[random.Next(3)].ToString();
            // The next one, or one that was sent before, perhaps just now by another node.
            var seq = last[agent] > 0 && random.Next(3) == 0 ? (ulong)random.NextInt64(1, (long)last[agent] + 1) : ++last[agent];
            var sample = model.GetOrAdd((agent, seq), _ => new Sample(Now - random.Next(3) * Hour - (long)seq, random.Next(1_000)));
            return async () =>
            {
                if (!(await node.AppendAsync(agent, seq, sample, $"m{seq % 5}")).Duplicate)
                    fresh.AddOrUpdate((agent, seq), 1, (_, count) => count + 1);
            };
        }

        async Task CompareAsync(MetricNode node)
        {
            var expected = model.GroupBy(pair => (pair.Key.Agent, Metric: $"m{pair.Key.Seq % 5}"))
                .ToDictionary(group => group.Key, group => group.Select(pair => pair.Value).OrderBy(sample => sample.Time).ToList());
            var all = await node.FindAsync();
            Assert.Equal(expected.Keys.ToHashSet(), all.Select(one => (one.Agent, one.Series.Metric)).ToHashSet());
            var from = Now - 20 * Hour;
            var read = await node.Store.ReadSamplesAsync(Tenant, all, from, Now + Hour, default);
            foreach (var (one, samples) in all.Zip(read))
                Assert.Equal(expected[(one.Agent, one.Series.Metric)].Where(sample => sample.Time >= from), samples.Samples);
        }
    }

    [Fact]
    public async Task Maintain_ByAnyNodeWhileOthersAppendAndRead_MissesNothing()
    {
        const int Agents = 4, Batches = 120;
        for (var i = 0; i < 3; i++)
            await StartAsync();
        // No older than the latest samples may be, and over several windows.
        var start = Now - 3 * Hour;
        using var done = new CancellationTokenSource();
        var maintaining = Task.Run(async () =>
        {
            for (var i = 0; !done.IsCancellationRequested; i++)
            {
                await _nodes[i % 3].Store.MaintainAsync(all: true);
                if (i % 7 == 0)
                    await _place.EndLeaseAsync();
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Agents).Select(agent => Task.Run(async () =>
        {
            for (var i = 1; i <= Batches; i++)
            {
                var node = _nodes[(agent + i / 5) % 3];
                Assert.False((await node.AppendAsync($"a{agent}", (ulong)i, new Sample(start + i * 2 * Minute, i))).Duplicate);
                if (i % 6 != 0)
                    continue;
                var reader = _nodes[(agent + i) % 3];
                Assert.Equal(Enumerable.Range(1, i).Select(n => (double)n), (await reader.SamplesAsync($"a{agent}")).Select(one => one.Value));
                Assert.Equal(i, (await reader.LatestAsync($"a{agent}"))?.Value);
            }
        })));
        await done.CancelAsync();
        await maintaining;
        Assert.Empty(await _nodes[0].Store.CheckAsync(default));
    }

    [Fact]
    public async Task Maintain_OverConnectionsThatBreak_LosesNothing()
    {
        const int Turns = 60;
        await using var proxy = FaultyProxy.Start(server.Port, FaultyProxy.Fault.Cut);
        var node = await StartAsync(_place.Open(proxy));
        var random = new Random(5);
        for (var turn = 1; turn <= Turns; turn++)
        {
            await node.AppendAsync("x", (ulong)turn, new Sample(Now - (turn % 4) * Hour - turn, turn));
            proxy.Arm(random.Next(6_000));
            await node.Store.MaintainAsync(all: true);
            proxy.Arm(long.MaxValue);
            Assert.Equal(Enumerable.Range(1, turn).Select(i => (double)i), (await node.SamplesAsync("x")).Select(one => one.Value).Order());
        }
        Assert.True(proxy.Faulted.IsCompletedSuccessfully);
        Assert.Empty(await node.Store.CheckAsync(default));
    }
}
