using Outrider.Grains.Agents;
using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Link;
using Outrider.Testing.Metrics;

namespace Outrider.Tests.Boundary.Gateway;

public sealed class GatewayMetricsTests : IAsyncLifetime
{
    private readonly MemoryMetricStore _store = new();
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayHost.StartAsync(metrics: _store);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Batches_OfAnAgentThatMeasures_AreStoredAndAnswered()
    {
        await using var agent = await LinkAsync();
        await agent.SendBlockAsync("b1", 1, Batch(1), BlockKind.MetricBatch);
        await agent.SendBlockAsync("b1", 2, Batch(2), BlockKind.MetricBatch);

        Assert.Equal(new MetricsAck("b1", 1), await agent.ReceiveAsync<MetricsAck>());
        Assert.Equal(new MetricsAck("b1", 2), await agent.ReceiveAsync<MetricsAck>());
        Assert.Equal([1UL, 2], _store.Of("demo", "db-1").Select(batch => batch.Seq));
        Assert.Equal(0, _gateway.Budget.Used);
    }

    [Fact]
    public async Task Batch_SentAgain_IsAnsweredAgainAndStoredOnce()
    {
        await using var agent = await LinkAsync();
        for (var i = 0; i < 2; i++)
        {
            await agent.SendBlockAsync("b1", 1, Batch(1), BlockKind.MetricBatch);
            Assert.Equal(new MetricsAck("b1", 1), await agent.ReceiveAsync<MetricsAck>());
        }
        Assert.Single(_store.Of("demo", "db-1"));
    }

    [Fact]
    public async Task Batch_ThatCantBeRead_IsRefusedForGoodAndTheLinkGoesOn()
    {
        await using var agent = await LinkAsync();
        await agent.SendBlockAsync("b1", 7, [1, 2, 3], BlockKind.MetricBatch);
        var refused = await agent.ReceiveAsync<MetricsAck>();
        Assert.Equal(("b1", 7UL, ProblemCodes.BatchInvalid, null), (refused.Boot, refused.Seq, refused.Problem!.Code, refused.Problem.RetryAfterSeconds));

        await agent.SendBlockAsync("b1", 8, Batch(8), BlockKind.MetricBatch);
        Assert.Null((await agent.ReceiveAsync<MetricsAck>()).Problem);
    }

    [Fact]
    public async Task Batch_TheStoreFailing_IsToBeSentAgain()
    {
        await using var agent = await LinkAsync();
        _store.Refuse = () => throw new InvalidOperationException("a bug");
        await agent.SendBlockAsync("b1", 1, Batch(1), BlockKind.MetricBatch);
        var later = (await agent.ReceiveAsync<MetricsAck>()).Problem!;
        Assert.Equal(ProblemCodes.Unavailable, later.Code);
        Assert.True(later.RetryAfterSeconds > 0);
    }

    [Fact]
    public async Task Batches_PastThoseAllowedWithoutAnAnswer_EndTheLink()
    {
        var never = new TaskCompletionSource();
        _store.Before = () => never.Task;
        await using var agent = await LinkAsync();
        for (uint seq = 1; seq <= LinkProtocol.MaxUnansweredBatches + 1; seq++)
            await agent.SendBlockAsync("b1", seq, Batch(seq), BlockKind.MetricBatch);
        Assert.Equal(ProblemCodes.FrameOutOfOrder, (await agent.ClosedAsync()).Code);
        never.SetResult();
        await _gateway.UntilAsync(() => Task.FromResult(_gateway.Budget.Used == 0));
    }

    [Fact]
    public async Task Batch_WithoutTheCapability_EndsTheLink()
    {
        await using var agent = await _gateway.LinkAsync("db-1");
        await agent.SendBlockAsync("b1", 1, Batch(1), BlockKind.MetricBatch);
        Assert.Equal(ProblemCodes.FrameUnknownType, (await agent.ClosedAsync()).Code);
    }

    [Fact]
    public async Task Batch_WhileTheMemoryBudgetIsUsedUp_IsToBeSentAgain()
    {
        await using var agent = await LinkAsync();
        Assert.True(_gateway.Budget.TryTake(256L * 1024 * 1024));
        await agent.SendBlockAsync("b1", 1, Batch(1), BlockKind.MetricBatch);
        Assert.True((await agent.ReceiveAsync<MetricsAck>()).Problem!.RetryAfterSeconds > 0);
        Assert.Empty(_store.Of("demo", "db-1"));
    }

    [Fact]
    public async Task Settings_Changed_ReachTheAgentWithItsNextPulse()
    {
        await using var agent = await LinkAsync();
        await _gateway.Agent("db-1").SetSettingsAsync(new AgentSettings { ReportSeconds = 2, Collectors = [new CollectorConfig("host", false)] });
        var told = agent.ReceiveAsync<LinkConfig>();
        await _gateway.UntilAsync(() => Task.FromResult(told.IsCompleted));
        var config = await told;
        Assert.Equal((2, 1L), (config.ReportSeconds, config.Metrics!.Revision));
        Assert.Equal([new CollectorConfig("host", false)], config.Metrics.Collectors);
    }

    private static byte[] Batch(ulong seq) =>
        MetricBatchCodec.Encode(new MetricBatch("b1", seq, [new SeriesSamples(new Series("cpu"), [new Sample(1_000, seq)])], null)).Value!;

    private Task<RawAgent> LinkAsync()
    {
        var hello = RawAgent.Hello("db-1", RawAgent.NewCredential(), _gateway.Token);
        return RawAgent.LinkAsync(_gateway.Url, hello with { Facts = hello.Facts with { Capabilities = ["sql", LinkProtocol.Metrics] } });
    }
}
