using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Grains.Agents;
using Outrider.Grains.Metrics;
using Outrider.Grains.Runtime;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;
using Outrider.Testing.Link;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Posts;

/// <summary>Agents without a link: what they post is stored once, in our units, and they count as online.</summary>
public sealed class PostTests : IAsyncLifetime
{
    private readonly FakeTime _time = new();
    private TestCentre _centre = null!;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private IMetricStore Store => _centre.App.Services.GetRequiredService<IMetricStore>();

    public async Task InitializeAsync()
    {
        _centre = await TestCentre.StartAsync(options => options with { Time = _time });
        await _centre.CreateTenantAsync("acme");
    }

    public async Task DisposeAsync() => await _centre.DisposeAsync();

    [Fact]
    public async Task Register_NewWithoutACredential_GetsOneThatIsGoodFromThenOn()
    {
        var newcomer = new PostingAgent(_centre, "web-1", await _centre.CreateTokenAsync("acme", "web-*"));
        var (status, answer) = await newcomer.PostAsync("register",
            """{"server_name":"web-1","system_info":{"hostname":"h1","os":"linux","arch":"amd64","cpu_cores":4,"total_mem_mb":2048.5,"agent_version":"1.2"}}""");
        Assert.Equal((200, true), (status, answer.GetProperty("enrolled").GetBoolean()));
        Assert.Equal((30, 10), (answer.GetProperty("config").GetProperty("heartbeat_seconds").GetInt32(), answer.GetProperty("config").GetProperty("report_seconds").GetInt32()));

        var agent = new PostingAgent(_centre, "web-1", answer.GetProperty("credential").GetString());
        Assert.Equal(200, (await agent.PostAsync("heartbeat", """{"server_name":"web-1"}""")).Status);
        var (again, second) = await agent.PostAsync("register", """{"server_name":"web-1"}""");
        Assert.Equal((200, false, JsonValueKind.Null), (again, second.GetProperty("enrolled").GetBoolean(), second.GetProperty("credential").ValueKind));
    }

    [Fact]
    public async Task Register_WithFacts_ShowsThemOnTheAgent()
    {
        var newcomer = new PostingAgent(_centre, "web-1", await _centre.CreateTokenAsync("acme"));
        await newcomer.PostAsync("register", """{"server_name":"web-1","system_info":{"hostname":"h1","cpu_cores":0,"total_mem_mb":2,"agent_version":"1.2"}}""");
        var facts = (await AgentAsync("web-1")).Facts!;
        Assert.Equal(("1.2", "h1", null, 2L * 1024 * 1024), (facts.Version, facts.Hostname, facts.Cpus, facts.MemoryBytes!.Value));
    }

    [Fact]
    public async Task Register_AgainAfterALostAnswer_WithItsOwnCredentialJustAuthenticates()
    {
        var own = RawAgent.NewCredential("acme").Text;
        var newcomer = new PostingAgent(_centre, "web-1", await _centre.CreateTokenAsync("acme"));
        var body = $$"""{"server_name":"web-1","credential":"{{own}}"}""";
        Assert.Equal((200, true), await EnrolledAsync(newcomer, body));
        Assert.Equal((200, false), await EnrolledAsync(newcomer, body));
        Assert.Equal(200, (await new PostingAgent(_centre, "web-1", own).PostAsync("heartbeat", """{"server_name":"web-1"}""")).Status);
    }

    [Fact]
    public async Task Agent_ThatPosts_IsOnlineAndFallsSilentLikeOneWithALink()
    {
        var agent = await PostingAgent.EnrolAsync(_centre, "acme", "web-1");
        Assert.Equal((AgentStatus.Online, false), ((await AgentAsync("web-1")).Status, (await AgentAsync("web-1")).Connected));
        _time.Advance(AgentStatuses.DegradedAfter);
        Assert.Equal(AgentStatus.Degraded, (await AgentAsync("web-1")).Status);
        await agent.PostAsync("heartbeat", """{"server_name":"web-1"}""");
        Assert.Equal(AgentStatus.Online, (await AgentAsync("web-1")).Status);
        _time.Advance(AgentStatuses.OfflineAfter);
        Assert.Equal(AgentStatus.Offline, (await AgentAsync("web-1")).Status);
    }

    [Fact]
    public async Task Report_OfAnOlderSender_BecomesProcessesInOurUnitsAndNothingUnknown()
    {
        var agent = await PostingAgent.EnrolAsync(_centre, "acme", "web-1");
        var (status, answer) = await agent.PostAsync("report", $$"""
            {"server_name":"web-1","timestamp":"{{_time.GetUtcNow():O}}",
             "system_info":{"hostname":"h","os":"linux","arch":"amd64","cpu_cores":4,"total_mem_mb":1024,"agent_version":"1"},
             "metrics":[
              {"timestamp":{{Now / 1000 - 5}},"name":"java","pid":7,"cpu_percent":1},
              {"timestamp":{{Now / 1000}},"name":"java","cpu_percent":150.5,"cpu_percent_normalized":37.625,"memory_mb":1.5,"memory_percent":0.1,"threads":12,
               "disk_read_mb":2,"disk_write_mb":0,"net_sent_kb":0,"net_recv_kb":0,"is_active":true,"command":"java -jar a,b.jar","working_dir":"","category":"development",
               "pid":7,"ppid":1,"create_time":1700000000123,"cpu_time":12.25},
              {"name":"docker:db","pid":9,"net_sent_kb":3,"memory_mb":0,"threads":0,"create_time":0,"cpu_percent":null,"something_else":[1,{}]},
              {"name":"gone","cpu_percent":5}]}
            """, gzip: true);
        Assert.Equal((200, 2, false), (status, answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicate").GetBoolean()));

        var table = (await Store.ReadProcessesAsync("acme", "web-1", Now, default))!;
        Assert.Equal((Now, 2, 4, 1024L * 1024 * 1024), (table.Time, table.Total, table.Cpus, table.MemoryBytes));
        Assert.Equal(
        [
            new ProcessRow(7, "java")
            {
                ParentPid = 1, Command = "java -jar a,b.jar", Category = "development", CpuPercent = 150.5, MemoryBytes = 1536 * 1024, Threads = 12,
                DiskReadBytes = 2 * 1024 * 1024, DiskWriteBytes = 0, StartedAt = 1_700_000_000_123, CpuSeconds = 12.25,
            },
            new ProcessRow(9, "docker:db") { NetworkSentBytes = 3072 },
        ], table.Rows.OrderBy(row => row.Pid));
        Assert.Equal([("host_cpus", 4), ("host_memory_total_bytes", 1024d * 1024 * 1024)], await LatestAsync());
    }

    [Fact]
    public async Task Report_Samples_AreStoredWithTheirLabelsAndTimes()
    {
        var agent = await PostingAgent.EnrolAsync(_centre, "acme", "web-1");
        var (status, answer) = await agent.PostAsync("report", $$"""
            {"server_name":"web-1","timestamp":{{Now}},"samples":[
              {"metric":"queue","labels":{"name":"a","none":null},"value":3.5},
              {"metric":"queue","labels":{"name":"a"},"time":{{Now - 1000}},"value":2},
              {"metric":"unknown","value":null},
              {"metric":"up","time":"{{_time.GetUtcNow():yyyy-MM-ddTHH:mm:ss+00:00}}","value":1}]}
            """);
        Assert.Equal((200, 3), (status, answer.GetProperty("accepted").GetInt32()));
        Assert.Equal([("queue{name=\"a\"}", 3.5), ("up", 1)], await LatestAsync());
        Assert.Equal([2, 3.5], (await SamplesAsync("queue")).Select(sample => sample.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"boot\":\"b1\",\"seq\":1")]
    public async Task Report_RepeatedAlsoAfterARestart_IsStoredOnce(string name)
    {
        var agent = await PostingAgent.EnrolAsync(_centre, "acme", "web-1");
        var body = $$"""{"server_name":"web-1","timestamp":{{Now}}{{name}},"samples":[{"metric":"queue","value":1}]}""";
        Assert.Equal((200, 1, false), await StoredAsync(agent, body));
        Assert.Equal((200, 0, true), await StoredAsync(agent, body));
        await _centre.RestartAsync();
        Assert.Equal((200, 0, true), await StoredAsync(agent, body));
        Assert.Single(await SamplesAsync("queue"));
        Assert.Equal((200, 1, false), await StoredAsync(agent, body.Replace("\"value\":1", "\"value\":2", StringComparison.Ordinal).Replace("\"seq\":1", "\"seq\":2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Report_MetricBatch_IsTakenAsItIs()
    {
        var agent = await PostingAgent.EnrolAsync(_centre, "acme", "web-1");
        var batch = MetricBatchCodec.Encode(new MetricBatch("b1", 1, [new SeriesSamples(new Series("queue"), [new Sample(Now, 7)])])).Value!;
        foreach (var encoding in new[] { null, "gzip" })
        {
            var (status, answer) = await agent.PostAsync("report?server_name=web-1", batch, "application/octet-stream", encoding);
            Assert.Equal((200, encoding is not null), (status, answer.GetProperty("duplicate").GetBoolean()));
        }
        Assert.Equal([("queue", 7)], await LatestAsync());
        Assert.Equal(400, (await agent.PostAsync("report", batch, "application/octet-stream", null)).Status);
    }

    [Fact]
    public async Task Report_LongCommand_IsCutNotRefused()
    {
        var agent = await PostingAgent.EnrolAsync(_centre, "acme", "web-1");
        var command = string.Concat(Enumerable.Repeat("日本語 😀", 2000));
        var body = JsonSerializer.Serialize(new { server_name = "web-1", timestamp = Now, metrics = new[] { new { name = "java", pid = 1, command } } });
        Assert.Equal(200, (await agent.PostAsync("report", body)).Status);
        var kept = (await Store.ReadProcessesAsync("acme", "web-1", Now, default))!.Rows.Single().Command!;
        Assert.StartsWith(kept, command, StringComparison.Ordinal);
        Assert.InRange(kept.Length, 1000, 2000);
    }

    [Fact]
    public async Task Post_FasterThanTenASecond_IsToldWhenToComeBack()
    {
        await using var centre = await TestCentre.StartAsync(options => options with { Time = _time, RateLimits = options.RateLimits with { PostsPerSecond = 10 } });
        await centre.CreateTenantAsync("acme");
        var busy = await PostingAgent.EnrolAsync(centre, "acme", "busy");
        var other = await PostingAgent.EnrolAsync(centre, "acme", "other");
        for (var i = 0; i < 20; i++)
            Assert.Equal(200, (await busy.PostAsync("heartbeat", """{"server_name":"busy"}""")).Status);
        var (status, problem) = await busy.PostAsync("heartbeat", """{"server_name":"busy"}""");
        Assert.Equal((429, ProblemCodes.RateLimited), (status, problem.GetProperty("code").GetString()));
        Assert.Equal(200, (await other.PostAsync("heartbeat", """{"server_name":"other"}""")).Status);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await busy.PostAsync("heartbeat", """{"server_name":"busy"}""")).Status);
    }

    private static async Task<(int, bool)> EnrolledAsync(PostingAgent agent, string body)
    {
        var (status, answer) = await agent.PostAsync("register", body);
        return (status, answer.GetProperty("enrolled").GetBoolean());
    }

    private static async Task<(int, int, bool)> StoredAsync(PostingAgent agent, string body)
    {
        var (status, answer) = await agent.PostAsync("report", body);
        return (status, answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicate").GetBoolean());
    }

    private async Task<AgentView> AgentAsync(string name) => (await _centre.Grains.Get<IAgent>(GrainKeys.Join("acme", name)).GetAsync()).Value!;

    private async Task<List<(string, double)>> LatestAsync()
    {
        var series = (await Store.FindAsync("acme", new SeriesSelector(), 100, default)).Value!;
        var latest = await Store.LatestAsync("acme", series, default);
        return [.. series.Zip(latest, (one, sample) => (one.Series.ToString(), sample!.Value.Value)).OrderBy(one => one.Item1, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<Sample>> SamplesAsync(string metric)
    {
        var series = (await Store.FindAsync("acme", SeriesSelector.Of(metric), 100, default)).Value!;
        return (await Store.ReadSamplesAsync("acme", series, 0, long.MaxValue, default)).Single().Samples;
    }
}
