using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.MySql;
using Outrider.Testing.Time;

namespace Outrider.Tests.Conformance.Storage;

/// <summary>The metric store of several processes on one database.</summary>
public abstract partial class SharedMetricStoreConformance(ISharedServer server) : IAsyncLifetime
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private const string Tenant = MetricNode.Tenant;

    private readonly FakeTime _time = new(new DateTimeOffset(2026, 1, 10, 0, 0, 0, TimeSpan.Zero));
    private readonly List<MetricNode> _nodes = [];
    private SharedMetricPlace _place = null!;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task InitializeAsync() => _place = await SharedMetricPlace.CreateAsync(server);

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task Append_TheAgentMovesBackAndForth_KeepsItsBatchesAndSeries()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        for (ulong i = 1; i <= 6; i++)
        {
            var (here, there) = i % 2 == 0 ? (a, b) : (b, a);
            var series = MetricStoreFixture.Of($"m{i}", new Sample(Now, i));
            Assert.Equal(new MetricAppend(false, 1, (long)i), await here.AppendAsync("x", i, series));
            Assert.True((await there.AppendAsync("x", i, series)).Duplicate);
        }
        foreach (var node in _nodes)
        {
            Assert.Equal(Enumerable.Range(1, 6).Select(i => $"m{i}"), (await node.FindAsync()).Select(one => one.Series.Metric).Order());
            for (var i = 1; i <= 6; i++)
                Assert.Equal(i, Assert.Single(await node.SamplesAsync("x", $"m{i}")).Value);
            Assert.Equal(6, (await node.Store.ReadUsageAsync(Tenant, default)).Series);
        }
        Assert.Empty(await a.Store.CheckAsync(default));
    }

    [Fact]
    public async Task Append_TheSameBatchOnAllNodesAtOnce_StoresItOnce()
    {
        for (var i = 0; i < 3; i++)
            await StartAsync();
        for (ulong seq = 1; seq <= 30; seq++)
        {
            var answers = await Task.WhenAll(_nodes.Select(node => node.AppendAsync("x", seq, new Sample(Now + (long)seq, seq))));
            Assert.Single(answers, answer => !answer.Duplicate);
        }
        Assert.Equal(Enumerable.Range(1, 30).Select(i => (double)i), (await _nodes[0].SamplesAsync("x")).Select(sample => sample.Value));
    }

    [Fact]
    public async Task Append_AnswerLost_IsStoredOnceAndKnownWhenItComesAgain()
    {
        await using var proxy = FaultyProxy.Start(server.Port, FaultyProxy.Fault.Cut);
        var node = await StartAsync(_place.Open(proxy));
        for (ulong seq = 1; seq <= 40; seq++)
        {
            proxy.Arm((long)seq * 7);
            await node.AppendAsync("x", seq, new Sample(Now + (long)seq, seq));
            proxy.Arm(long.MaxValue);
            Assert.True((await node.AppendAsync("x", seq, new Sample(Now + (long)seq, seq))).Duplicate);
        }
        Assert.True(proxy.Faulted.IsCompletedSuccessfully);
        Assert.Equal(Enumerable.Range(1, 40).Select(i => (double)i), (await node.SamplesAsync("x")).Select(sample => sample.Value));
    }

    [Fact]
    public async Task Append_NamesThatDifferInCaseOnly_AreTwoAgents()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await a.AppendAsync("x", 1, new Sample(Now, 1));
        await b.AppendAsync("X", 1, new Sample(Now, 2));
        Assert.Equal(1, Assert.Single(await b.SamplesAsync("x")).Value);
        Assert.Equal(2, Assert.Single(await a.SamplesAsync("X")).Value);
    }

    [Fact]
    public async Task Append_AboveTheSeriesLimit_CountsThoseOfOtherNodes()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await a.Store.SetPolicyAsync(Tenant, new MetricPolicy(MaxSeries: 2), default);
        await a.AppendAsync("x", 1, new Sample(Now, 1));
        Assert.Null((await b.AppendAsync("y", 1, new Sample(Now, 1))).Refused);
        Assert.Equal(ProblemCodes.SeriesLimit, (await a.AppendAsync("z", 1, new Sample(Now, 1))).Refused?.Code);
        Assert.Equal(2, (await b.Store.ReadUsageAsync(Tenant, default)).Series);
    }

    [Fact]
    public async Task Append_BatchesOfAMebibyte_AreStored()
    {
        var node = await StartAsync();
        var random = new Random(1);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(agent => node.AppendAsync($"x{agent}", 1,
            [.. Enumerable.Range(0, 110).Select(i => new SeriesSamples(
                new Series($"m{i}"), [.. Enumerable.Range(0, 1_000).Select(t => new Sample(Now - 1_000 + t, random.NextDouble()))]))])));
        await node.Store.MaintainAsync(all: true);
        Assert.Null(node.Store.Fault);
        for (var agent = 0; agent < 8; agent++)
            Assert.Equal(1_000, (await node.SamplesAsync($"x{agent}", "m109")).Count);
    }

    private Task<MetricNode> StartAsync(TimeSpan? refreshAfter = null) => StartAsync(_place.Open(), refreshAfter);

    private async Task<MetricNode> StartAsync(Outrider.Storage.Shared.SharedMetricBackend backend, TimeSpan? refreshAfter = null)
    {
        var node = await MetricNode.StartAsync(backend, _time, refreshAfter);
        _nodes.Add(node);
        return node;
    }
}
