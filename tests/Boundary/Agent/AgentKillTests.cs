using Outrider.Protocol.Link;
using Outrider.Protocol.Metrics;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Boundary.Agent;

/// <summary>The real agent in a process of its own, killed as <c>kill -9</c> does, while the centre is away.</summary>
public sealed class AgentKillTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("outrider-agent-").FullName;
    private FakeCentre _centre = null!;

    public async Task InitializeAsync() => _centre = await FakeCentre.StartAsync(TimeProvider.System);

    public async Task DisposeAsync()
    {
        await _centre.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Kill_WhileTheCentreAnswersNothing_EveryBatchComesAfterwardsOnce()
    {
        _centre.Config = new LinkConfig(30, 1, new MetricsConfig(1, [new CollectorConfig("host", IntervalSeconds: 1)]));
        var stored = new HashSet<(string, ulong)>();
        var twice = new List<ulong>();
        MetricsAck Store(MetricBatch batch)
        {
            if (!stored.Add((batch.Boot, batch.Seq)))
                twice.Add(batch.Seq);
            return new(batch.Boot, batch.Seq);
        }
        _centre.Answer = batch => stored.Count < 2 ? Store(batch) : null;
        string firstBoot;
        ulong sent;
        await using (var agent = Start())
        {
            await _centre.LinkedAsync();
            firstBoot = (await _centre.BatchAsync()).Boot;
            do
                sent = (await _centre.BatchAsync()).Seq;
            while (sent < 6);
            await agent.KillAsync();
        }
        _centre.Answer = Store;
        await using var again = Start();
        await _centre.LinkedAsync();
        MetricBatch batch;
        do
            batch = await _centre.BatchAsync();
        while (!IsWhole() || !stored.Any(one => one.Item1 != firstBoot));
        Assert.Contains(batch.Series, one => one.Series.Metric == "host_memory_percent");
        // What had been acknowledged before the kill came no second time.
        Assert.Empty(twice);

        bool IsWhole() => Enumerable.Range(1, (int)sent).All(seq => stored.Contains((firstBoot, (ulong)seq)));
    }

    private ChildProcess Start() => ChildProcess.Start(Programs.Agent, ["run"], new Dictionary<string, string>
    {
        ["OUTRIDER_URL"] = _centre.Url.ToString(),
        ["OUTRIDER_AGENT_NAME"] = "db-1",
        ["OUTRIDER_AGENT_DATA"] = _data,
        ["OUTRIDER_ENROLMENT_TOKEN"] = "ort.demo.t.s",
    });
}
