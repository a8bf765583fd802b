using System.Text.Json.Nodes;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>The tools about metrics, over a store with six hours of acme's agent <c>db1</c> and of globex' <c>db9</c>.</summary>
public sealed class MetricToolTests : McpTest, IAsyncLifetime
{
    private const string Cpu = "host_cpu_percent_normalized";
    private const long Minute = 60_000;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        Centre.Time.Advance(TimeSpan.FromSeconds(20));
        await Centre.Metrics.AppendAsync("acme", "db1",
        [
            Each(new Series(Cpu), i => i is >= 200 and < 260 ? null : i == 300 ? 97.5 : i < 180 ? 20 : 40),
            Each(new Series("host_network_received_bytes_total", new Label("interface", "eth0")), i => 6.0 * 1024 * 1024 * i),
            Each(new Series("host_disk_percent", new Label("mount", "/")), _ => 50),
            Each(new Series("host_disk_percent", new Label("mount", "/data|x")), _ => 75),
            Each(new Series("host_memory_used_bytes"), _ => 3L << 30),
        ], new ProcessTable(Now - Minute, 200, 4, 16L << 30,
        [
            new ProcessRow(7, "java") { CpuPercent = 180, MemoryBytes = 4L << 30, Command = "java -jar fe.jar" },
            new ProcessRow(8, "java") { CpuPercent = 20, MemoryBytes = 1L << 30 },
            new ProcessRow(9, "gone"),
        ]));
        await Centre.Metrics.AppendAsync("globex", "db9", [Each(new Series(Cpu), _ => 66.6)]);
    }

    private long Now => Centre.Metrics.Now;

    [Fact]
    public async Task ListMetrics_OfAnAgent_SaysUnitsAndLabels()
    {
        var (text, content) = await AskAsync("list_metrics", new { match = "host_*" });
        Assert.Equal(4, content["metrics"]!.AsArray().Count);
        Assert.StartsWith("4 metrics of db1:", text);
        Assert.Contains(@"| host_disk_percent | gauge | percent | 2 | mount: /, /data\|x | Space in use of a file system |", text);
        Assert.Contains("get_agent", (await AskAsync("list_metrics", new { match = "nothing" })).Text);
    }

    [Fact]
    public async Task QueryMetrics_OfAGauge_TellsPeakTrendAndGap()
    {
        var (text, content) = await AskAsync("query_metrics", new { metric = Cpu, period = "6h" });
        Assert.Equal(("15m", 25), ((string)content["step"]!, content["series"]![0]!["values"]!.AsArray().Count));
        Assert.StartsWith("host_cpu_percent_normalized of db1, 2025-12-31 18:00:20Z to 2026-01-01 00:00:20Z, average of each 15m, in percent.", text);
        Assert.Contains("lowest 20 percent, peak 97.5 percent at 2025-12-31 23:00Z, last 40 percent", text);
        Assert.Contains("trend: rising (second half ", text);
        Assert.Contains("percent above the first)", text);
        Assert.Contains("No data between 2025-12-31 21:30Z and 2025-12-31 22:15Z.", text);
        Assert.Contains("| 2025-12-31 18:00Z | 20 percent |", text);
        Assert.InRange(text.Split('\n').Length, 20, 40);
    }

    [Fact]
    public async Task QueryMetrics_OfACounter_IsARateInReadableUnits()
    {
        var (text, content) = await AskAsync("query_metrics", new { metric = "host_network_received_bytes_total", period = "1h", step = "5m" });
        Assert.Equal(("rate", "bytes per second"), ((string)content["aggregate"]!, (string)content["unit"]!));
        Assert.Contains("rate of each 5m, in bytes per second", text);
        Assert.Contains("""{interface="eth0"}: average 102.4 KB per second""", text);
    }

    [Fact]
    public async Task QueryMetrics_OfManySteps_ShowsTheNewestSixty()
    {
        var (text, content) = await AskAsync("query_metrics", new { metric = "host_memory_used_bytes", period = "6h", step = "1m" });
        Assert.Equal(361, content["times"]!.AsArray().Count);
        Assert.Equal(60, text.Split('\n').Count(line => line.EndsWith("| 3 GB |", StringComparison.Ordinal)));
        Assert.Contains("… 300 of 360 times are left out here", text);
        Assert.True(text.Length < 10_000);
    }

    [Fact]
    public async Task QueryMetrics_OfLabels_HasAColumnForEachSeries()
    {
        Assert.Contains(@"| time | {mount=""/""} | {mount=""/data\|x""} |", (await AskAsync("query_metrics", new { metric = "host_disk_percent" })).Text);
        Assert.Single((await AskAsync("query_metrics", new { metric = "host_disk_percent", labels = new[] { "mount=/" } })).Content["series"]!.AsArray());
        Assert.Contains("no series of it with these labels", (await AskAsync("query_metrics", new { metric = "host_disk_percent", labels = new[] { "mount=/none" } })).Text);
    }

    [Theory]
    [InlineData("no_such_metric", "metric_not_found", "list_metrics")]
    [InlineData("no such metric", "invalid_argument", "metric")]
    public async Task QueryMetrics_OfNoMetric_SaysWhatNext(string metric, string code, string says)
    {
        var result = (await Client.ToolAsync("query_metrics", new { metric }))["result"]!;
        Assert.Equal(code, (string?)result["_meta"]!["outrider/problem"]!["code"]);
        Assert.Contains(says, (string?)result["content"]![0]!["text"]);
    }

    [Fact]
    public async Task CompareAgents_WithThePeriodBefore_SaysTheChange()
    {
        await Centre.ConnectAsync("acme", "db2", new ScriptedLink());
        var (text, content) = await AskAsync("compare_agents", new { metric = Cpu, period = "2h", previous = 2, agents = new[] { "db*" } });
        Assert.Equal((3, 3), (content["periods"]!.AsArray().Count, content["series"]!.AsArray().Count));
        Assert.Contains("no data of: db2", text);
        Assert.Contains("Highest average: db1 with ", text);
        Assert.Contains("rising: ", text);
        Assert.Equal("agent_not_found", await ProblemAsync("compare_agents", new { metric = Cpu, agents = new[] { "db9" } }));
        Assert.DoesNotContain("66.6", (await AskAsync("compare_agents", new { metric = Cpu })).Text);
    }

    [Fact]
    public async Task TopProcesses_OneByOneAndByName_AreSorted()
    {
        var (text, content) = await AskAsync("top_processes", new { sort = "-memory" });
        Assert.Equal([7, 8, 9], content["processes"]!.AsArray().Select(process => (int)process!["pid"]!));
        Assert.Contains("60 seconds before the time asked for: 200 in all", text);
        Assert.Contains("| 7 | java | 180 percent | 45 percent | 4 GB | 25 percent | java -jar fe.jar |", text);
        Assert.Contains("| 9 | gone | none | none | none | none |  |", text);
        var (grouped, groups) = await AskAsync("top_processes", new { group_by_name = true, name = "java" });
        Assert.Contains("| java | 2 | 200 percent | 50 percent | 5 GB | 31.25 percent | 7, 8 |", grouped);
        Assert.Single(groups["groups"]!.AsArray());
        Assert.StartsWith("There is no snapshot", (await AskAsync("top_processes", new { at = "2025-12-31T12:00:00Z" })).Text);
    }

    private SeriesSamples Each(Series series, Func<int, double?> value) => new(series,
        [.. from i in Enumerable.Range(0, 360) where value(i) is not null select new Sample((Now / Minute - 360 + i) * Minute, value(i)!.Value)]);

    private async Task<(string Text, JsonNode Content)> AskAsync(string tool, object arguments)
    {
        var result = (await Client.ToolAsync(tool, arguments))["result"]!;
        var text = (string)result["content"]![0]!["text"]!;
        Assert.True(result["isError"] is null, text);
        return (text, result["structuredContent"]!);
    }

    private async Task<string?> ProblemAsync(string tool, object arguments) =>
        (string?)(await Client.ToolAsync(tool, arguments))["result"]!["_meta"]?["outrider/problem"]?["code"];
}
