using Outrider.Agent.Collectors;
using Outrider.Agent.Configuration;
using Outrider.Agent.Link;
using Outrider.Agent.Logging;
using Outrider.Agent.Metrics;
using Outrider.Agent.Policy;
using Outrider.Grains.Agents;
using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Metrics;
using Outrider.Testing.Time;
using Outrider.Tests.Boundary.Gateway;

namespace Outrider.Tests.Boundary.Agent;

/// <summary>The agent's measurements on their way over real sockets: from the collector to a centre's answer.</summary>
public sealed class MetricLinkTests : IAsyncLifetime
{
    private const string Token = "ort.demo.t.s";

    private readonly string _data = Directory.CreateTempSubdirectory("outrider-agent-").FullName;
    private readonly FakeTime _time = new();
    private readonly StringWriter _log = new();
    private readonly CancellationTokenSource _stopping = new();
    private FakeCentre _centre = null!;
    private MetricsModule _metrics = null!;
    private Task<int> _running = Task.FromResult(0);

    public async Task InitializeAsync() => _centre = await FakeCentre.StartAsync(_time);

    public async Task DisposeAsync()
    {
        await StopAsync();
        await _centre.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Run_CentreStoresMetrics_GetsThemAndTheSpoolIsEmpty()
    {
        Start();
        await _centre.LinkedAsync();
        var batches = await ReadAsync(3);
        Assert.Equal([1UL, 2, 3], batches.Select(batch => batch.Seq));
        Assert.All(batches, batch => Assert.Equal("count", batch.Series.Single().Series.Metric));
        Assert.Equal(Enumerable.Range(1, 5), batches.SelectMany(batch => batch.Series.Single().Samples).Take(5).Select(sample => (int)sample.Value));
        await UntilAsync(() => _metrics.Spool.Batches == 0);
        Assert.Equal(0, _metrics.Spool.Dropped);
    }

    [Fact]
    public async Task Run_LinkIsCutBeforeTheAnswer_SendsAgainTheNewestFirst()
    {
        _centre.Answer = _ => null;
        Start();
        await _centre.LinkedAsync();
        await ReadAsync(3);
        _centre.Cut();
        _centre.Answer = batch => new MetricsAck(batch.Boot, batch.Seq);
        await UntilLinkedAgainAsync();
        var again = await ReadAsync(3);
        Assert.True(again[0].Seq >= 3, $"{again[0].Seq} came first");
        var seen = again.Select(batch => batch.Seq).ToHashSet();
        await UntilAsync(() =>
        {
            while (_centre.TryTake(out var batch))
                seen.Add(batch.Seq);
            return seen.IsSupersetOf([1UL, 2, 3]) && _metrics.Spool.Batches == 0;
        });
    }

    [Fact]
    public async Task Run_CentreDoesNotAnswer_SendsNoMoreThanTheWindow()
    {
        _centre.Answer = _ => null;
        // A batch a second: the window is full long before the link would be given up as silent.
        _centre.Config = new LinkConfig(30, 1, new MetricsConfig(1, [new CollectorConfig("count", IntervalSeconds: 1)]));
        Start();
        await _centre.LinkedAsync();
        await UntilAsync(() => _metrics.Spool.Batches >= 30);
        var sent = await ReadAsync(LinkProtocol.MaxUnansweredBatches);
        Assert.False(_centre.TryTake(out _));
        // One answer makes room for one.
        await _centre.SendAsync(new MetricsAck(sent[0].Boot, sent[0].Seq));
        Assert.Equal(17UL, (await _centre.BatchAsync()).Seq);
        Assert.False(_centre.TryTake(out _));
    }

    [Fact]
    public async Task Run_CentreCanNotStoreNow_SendsAgainLater()
    {
        var refused = 0;
        _centre.Answer = batch => new MetricsAck(batch.Boot, batch.Seq, batch.Seq == 1 && refused++ < 2
            ? new Problem(ProblemCodes.Unavailable, "Not now.") { RetryAfterSeconds = 5 } : null);
        Start();
        await _centre.LinkedAsync();
        var times = 0;
        await UntilAsync(() =>
        {
            while (_centre.TryTake(out var batch))
                times += batch.Seq == 1 ? 1 : 0;
            return times == 3;
        });
        await UntilAsync(() => _metrics.Spool.Batches == 0);
        Assert.Equal(0, _metrics.Spool.Dropped);
    }

    [Fact]
    public async Task Run_CentreRefusesABatchForGood_ItIsGivenUpAndCounted()
    {
        _centre.Answer = batch => new MetricsAck(batch.Boot, batch.Seq, batch.Seq == 2 ? new Problem(ProblemCodes.BatchInvalid, "No.") : null);
        Start();
        await _centre.LinkedAsync();
        await ReadAsync(3);
        await UntilAsync(() => _metrics.Spool.Batches == 0);
        Assert.Equal(1, _metrics.Spool.Dropped);
    }

    [Theory]
    [InlineData(true, ProblemCodes.FrameOutOfOrder)]
    [InlineData(false, ProblemCodes.FrameUnknownType)]
    public async Task Run_AnswerToNoBatch_IsAViolation(bool agreed, string code)
    {
        _centre.Capabilities = agreed ? [LinkProtocol.Metrics] : [];
        Start();
        await _centre.LinkedAsync();
        await _centre.SendAsync(new MetricsAck("other", 9));
        Assert.Equal(code, (await _centre.ErrorAsync()).Code);
    }

    [Fact]
    public async Task Run_AgentKilledAndStartedAnew_SendsWhatTheOldBootLeft()
    {
        _centre.Capabilities = [];
        Start("boot-1");
        await _centre.LinkedAsync();
        await UntilAsync(() => _metrics.Spool.Batches >= 3);
        var left = _metrics.Spool.Batches;
        // Not stopped in good order: its spool stays as kill -9 leaves it.
        await _stopping.CancelAsync();
        await _running;
        var before = _metrics;

        using var anew = new CancellationTokenSource();
        _centre.Capabilities = [LinkProtocol.Metrics];
        Start("boot-2", anew.Token);
        await _centre.LinkedAsync();
        var seen = new List<(string, ulong)>();
        await UntilAsync(() =>
        {
            while (_centre.TryTake(out var batch))
                seen.Add((batch.Boot, batch.Seq));
            return seen.Count(one => one.Item1 == "boot-1") >= left && seen.Any(one => one.Item1 == "boot-2");
        });
        Assert.Equal(seen.Count, seen.Distinct().Count());
        await anew.CancelAsync();
        await _running;
        await before.DisposeAsync();
    }

    [Fact]
    public async Task Run_ConfigurationComes_HoldsAtOnceWithinTheOwnersLimits()
    {
        Start(policy: new MetricsPolicy(MinIntervalSeconds: 2));
        await _centre.LinkedAsync();
        await ReadAsync(2);
        await _centre.SendAsync(new LinkConfig(30, 1, new MetricsConfig(7, [new CollectorConfig("count", IntervalSeconds: 1)])));
        await UntilAsync(() => _log.ToString().Contains("revision 7", StringComparison.Ordinal));
        // What was measured before is still on its way.
        var samples = (await ReadAsync(20)).SelectMany(batch => batch.Series.SelectMany(one => one.Samples)).Select(sample => sample.Time).ToList();
        Assert.Equal([2_000L], samples.TakeLast(5).Zip(samples.TakeLast(4), (a, b) => b - a).Distinct());
    }

    [Fact]
    public async Task Run_CentresClockIsBehind_IsMeasuredAndWarnedOf()
    {
        _centre.Behind = TimeSpan.FromSeconds(40);
        Start();
        await _centre.LinkedAsync();
        await UntilAsync(() => _log.ToString().Contains("clock", StringComparison.Ordinal));
        Assert.InRange(_metrics.Clock.Seconds!.Value, 35, 45);
    }

    [Fact]
    public async Task Run_WithTheRealGateway_ItsStoreGetsEachBatchOnceAndTheSpoolIsEmpty()
    {
        var store = new MemoryMetricStore();
        await using var gateway = await GatewayHost.StartAsync(metrics: store);
        await using var metrics = Module("b1", new MetricsPolicy(), gateway.Time);
        metrics.Start();
        using var stopping = new CancellationTokenSource();
        var running = Host(gateway.Url, gateway.Token, metrics, gateway.Time, "b1").RunAsync(stopping.Token);
        await gateway.UntilAsync(() => Task.FromResult(store.Of("demo", "db-1").Count >= 5 && metrics.Spool.Batches == 0));
        Assert.Equal(Enumerable.Range(1, 5).Select(seq => (ulong)seq), store.Of("demo", "db-1").Take(5).Select(batch => batch.Seq));

        await gateway.Agent("db-1").SetSettingsAsync(new AgentSettings { ReportSeconds = 1, Collectors = [new CollectorConfig("count", IntervalSeconds: 1)] });
        await gateway.UntilAsync(() => Task.FromResult(_log.ToString().Contains("revision 1", StringComparison.Ordinal)));
        Assert.DoesNotContain("Dialling again", _log.ToString());
        await stopping.CancelAsync();
        Assert.Equal(0, await running);
    }

    private void Start(string boot = "boot-1", CancellationToken? stopping = null, MetricsPolicy? policy = null)
    {
        _metrics = Module(boot, policy ?? new MetricsPolicy(), _time);
        _metrics.Start();
        _running = Host(_centre.Url, Token, _metrics, _time, boot).RunAsync(stopping ?? _stopping.Token);
    }

    private MetricsModule Module(string boot, MetricsPolicy policy, TimeProvider time) =>
        new(Options(_centre.Url, Token), policy, boot, new AgentLog(TextWriter.Synchronized(_log), time), time, [new Counter()]);

    private AgentOptions Options(Uri url, string token) => new()
    {
        Url = new UriBuilder(url) { Scheme = "http" }.Uri, Name = "db-1", EnrolmentToken = token, DataDirectory = _data,
    };

    private AgentHost Host(Uri url, string token, MetricsModule metrics, TimeProvider time, string boot) => new()
    {
        Boot = boot,
        Options = Options(url, token),
        Executors = [],
        Transport = new WebSocketTransport(Options(url, token).Url!, Options(url, token), time),
        Metrics = metrics,
        Log = new AgentLog(TextWriter.Synchronized(_log), time),
        Time = time,
    };

    private async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        if (_metrics is not null)
            await _metrics.DisposeAsync();
    }

    private async Task<List<MetricBatch>> ReadAsync(int count)
    {
        var batches = new List<MetricBatch>();
        await UntilAsync(() =>
        {
            while (batches.Count < count && _centre.TryTake(out var batch))
                batches.Add(batch);
            return batches.Count == count;
        });
        return batches;
    }

    private async Task UntilLinkedAgainAsync()
    {
        var linked = _centre.LinkedAsync();
        await UntilAsync(() => linked.IsCompleted);
        await linked;
    }

    /// <summary>Lets the clock go on, half a second at a time, until it is so. Sockets raise no event that a test could await.</summary>
    private async Task UntilAsync(Func<bool> isSo)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!isSo())
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await pause.WaitForNextTickAsync();
        }
    }

    /// <summary>Counts its runs, every five seconds.</summary>
    private sealed class Counter : ICollector
    {
        private readonly Series _series = new("count");
        private int _runs;

        public string Name => "count";

        public TimeSpan Interval => TimeSpan.FromSeconds(5);

        public TimeSpan TimeLimit => TimeSpan.FromSeconds(4);

        public ValueTask CollectAsync(Readings to, CancellationToken cancellation)
        {
            to.Add(_series, ++_runs);
            return ValueTask.CompletedTask;
        }
    }
}
