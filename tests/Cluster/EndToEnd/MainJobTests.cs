using System.Net.Http.Json;
using System.Text.Json;
using MySqlConnector;
using Outrider.Grains.Metrics;
using Outrider.Storage.Metrics;
using Outrider.Storage.Shared;
using Outrider.Testing.Alerts;
using Outrider.Testing.Centre;
using Outrider.Testing.Processes;
using Outrider.Tests.Cluster.Process;

namespace Outrider.Tests.Cluster.EndToEnd;

/// <summary>"Is my StarRocks healthy?", asked of a cluster of three silos of which each request meets another one.</summary>
[Collection(SiloProcessGroup.Name)]
public sealed partial class MainJobTests(DemoCluster cluster) : IClassFixture<DemoCluster>
{
    [Theory]
    [InlineData("http")]
    [InlineData("sse")]
    public async Task OfficialClient_EachRequestAtAnotherSilo_PassesEveryCheck(string transport) =>
        Assert.Contains("\"ok\": true", await McpClient.CheckAsync(cluster.Url, cluster.Key, transport, "SHOW BACKENDS"));

    [Fact]
    public async Task DiagnoseStorage_FullDisk_IsOneReportAtEverySilo()
    {
        var asked = await McpClient.AskAsync(cluster.Url, cluster.Key, "diagnose_storage");
        Assert.Equal("critical", asked.GetProperty("status").GetString(), ignoreCase: true);
        Assert.All(asked.GetProperty("findings").EnumerateArray(), finding => Assert.NotEmpty(finding.GetProperty("evidence").EnumerateArray()));
        var id = asked.GetProperty("id").GetString();

        foreach (var silo in cluster.Stack.Silos)
        {
            using var client = cluster.Stack.Client(silo, cluster.Key);
            var cached = await PostAsync(client, "/agents/demo/diagnoses", new { expert = "storage" });
            Assert.Equal((id, true), (cached.GetProperty("id").GetString(), cached.GetProperty("cached").GetBoolean()));
            var past = await GetAsync(client, $"/agents/demo/diagnoses/{id}");
            Assert.Equal(asked.GetProperty("score").GetInt32(), past.GetProperty("score").GetInt32());
            var history = await GetAsync(client, "/agents/demo/diagnoses");
            Assert.Contains(history.GetProperty("diagnoses").EnumerateArray(), report => report.GetProperty("id").GetString() == id);
        }
    }

    [Fact]
    public async Task RunSql_AtEverySilo_IsAnsweredAndStandsInOneAudit()
    {
        foreach (var silo in cluster.Stack.Silos)
        {
            using var client = cluster.Stack.Client(silo, cluster.Key);
            var rows = await PostAsync(client, "/agents/demo/sql", new { sql = $"SHOW BACKENDS /* asked of {silo.Index} */" });
            Assert.NotEmpty(rows.GetProperty("rows").EnumerateArray());
        }

        foreach (var silo in cluster.Stack.Silos)
        {
            using var client = cluster.Stack.Client(silo, cluster.Key);
            var audit = await GetAsync(client, "/audit?limit=100");
            var statements = audit.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("detail").GetString());
            Assert.Equal(3, statements.Count(statement => statement?.Contains("asked of") is true));
        }
    }

    [Fact]
    public async Task Metrics_OfTheRealAgent_AreReadFromTheDatabaseByAnotherProcess()
    {
        await using var source = new MySqlDataSource(cluster.Stack.Environment["OUTRIDER_DATABASE_CONNECTION"]);
        await using var backend = new SharedMetricBackend(new SharedDatabase(source, SqlDialect.MySql, TimeProvider.System));
        await using var store = await MetricStore.OpenAsync(backend, TimeProvider.System, new MetricStoreOptions { Interval = null });
        var found = new List<StoredSeries>();
        await Eventually.SoAsync("the agent's processor is measured", async () =>
        {
            found = (await store.FindAsync("demo", SeriesSelector.Of("host_cpu_percent_normalized", "demo"), 10, default)).Value!;
            return found.Count > 0;
        }, () => false, () => "");

        Assert.InRange(Assert.Single(await store.LatestAsync("demo", found, default))!.Value.Value, 0, 100);
        Assert.NotEmpty(Assert.Single(await store.ReadSamplesAsync("demo", found, 0, long.MaxValue, default)).Samples);
        Assert.Empty((await store.FindAsync("other", new SeriesSelector(), 10, default)).Value!);
    }

    [Fact]
    public async Task Alert_OfTheRealAgent_IsToldOnceWhicheverSiloIsAsked()
    {
        await using var receiver = new AlertReceiver();
        using var first = cluster.Stack.Client(cluster.Stack.Silos[0], cluster.Key);
        using var last = cluster.Stack.Client(cluster.Stack.Silos[2], cluster.Key);
        using var channel = await first.PutAsJsonAsync(TestCentre.Path("/channels/ops"), new { type = "webhook", url = receiver.Url.ToString() });
        Assert.True(channel.IsSuccessStatusCode, await channel.Content.ReadAsStringAsync());
        await PostAsync(last, "/rules", new { id = "up", name = "It is up", metric = "host_uptime_seconds", threshold = 0, channels = new[] { "ops" } });
        await Eventually.SoAsync("it fires and is told", () => Task.FromResult(receiver.Told.Count > 0), () => false, () => "");

        var id = Assert.Single(receiver.Ids("fired"));
        foreach (var silo in cluster.Stack.Silos)
        {
            using var client = cluster.Stack.Client(silo, cluster.Key);
            var alert = Assert.Single((await GetAsync(client, "/alerts?rule=up")).GetProperty("alerts").EnumerateArray());
            Assert.Equal(id, alert.GetProperty("id").GetString());
        }
        using var deleted = await first.DeleteAsync(TestCentre.Path("/rules/up"));
        Assert.True(deleted.IsSuccessStatusCode);
        await Eventually.SoAsync("its end is told", () => Task.FromResult(receiver.Ids("resolved").Count > 0), () => false, () => "");
        Assert.Equal([id], receiver.Ids("resolved"));
    }

    private static Task<JsonElement> GetAsync(HttpClient client, string path) => client.GetFromJsonAsync<JsonElement>(TestCentre.Path(path));

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(TestCentre.Path(path), body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
