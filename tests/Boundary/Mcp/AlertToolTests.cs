using System.Text.Json.Nodes;
using Outrider.Protocol.Metrics;
using Outrider.Testing.Alerts;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>The tools about alerts: acme has one at <c>db1</c>, globex one at <c>db9</c>.</summary>
public sealed class AlertToolTests : McpTest, IAsyncLifetime
{
    private const long Minute = 60_000;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        var now = Centre.Time.GetUtcNow();
        await Centre.Metrics.AppendAsync("acme", "db1",
        [
            new SeriesSamples(new Series("host_cpu_percent_normalized"),
                [.. Enumerable.Range(0, 60).Select(i => new Sample(now.ToUnixTimeMilliseconds() - (60 - i) * Minute, i < 30 ? 20 : 93.5))]),
        ]);
        await Centre.Alerts.SaveAsync("acme", [SomeAlert.Of("a1", "db1", now.AddMinutes(-25))], [], default);
        await Centre.Alerts.SaveAsync("globex", [SomeAlert.Of("g1", "db9", now)], [], default);
    }

    [Fact]
    public async Task ListAlerts_OfTheTenant_TellsWhatFires()
    {
        var (text, content) = await AskAsync(Client, "list_alerts");
        Assert.Equal("a1", (string?)Assert.Single(content["alerts"]!.AsArray())!["id"]);
        Assert.Contains("| a1 | warning | firing | db1 |", text);
        Assert.Equal("No alert fires now.", (await AskAsync(Client, "list_alerts", new { agent = "db9" })).Text);
        Assert.Contains("a1", (await AskAsync(Client, "list_alerts", new { history = true, period = "1d" })).Text);
    }

    [Fact]
    public async Task ExplainAlert_OfAMetric_ShowsTheSamplesAndTheThreshold()
    {
        var (text, content) = await AskAsync(Client, "explain_alert", new { alert = "a1" });
        Assert.Contains("threshold 80:", text);
        Assert.Contains("| 20 percent |", text);
        Assert.Contains("| 93.5 percent |", text);
        Assert.Equal("db1", (string?)content["samples"]!["agent"]);
        Assert.Equal("alert_not_found", await ProblemAsync(Client, "explain_alert", new { alert = "g1" }));
    }

    [Fact]
    public async Task SilenceAlert_OneOrMany_IsMadeByOperatorsAndAudited()
    {
        var (text, content) = await AskAsync(Client, "silence_alert", new { alert = "a1", duration = "2h", comment = "known" });
        Assert.Equal(("host-cpu-warning", "db1"), ((string?)content["rule"], (string?)content["agent"]));
        Assert.StartsWith("Silence ", text);
        Assert.Equal("invalid_argument", await ProblemAsync(Client, "silence_alert", new { duration = "2h" }));
        Assert.Equal("invalid_argument", await ProblemAsync(Client, "silence_alert", new { duration = "2h", alert = "a1", rule = "*" }));
        Assert.Equal("alert_not_found", await ProblemAsync(Client, "silence_alert", new { duration = "2h", alert = "g1" }));
        Assert.Contains(Centre.Audit.Entries, entry => entry is { Action: "silence.create", Tenant: "acme", Outcome: "ok" });
    }

    [Fact]
    public async Task CreateRule_ByAnAdmin_IsThereAndByAnOperatorNot()
    {
        var rule = new { name = "Disk full", metric = "host_disk_percent", threshold = 90.5, duration = "5m", labels = new[] { "mount=/var*" }, severity = "critical" };
        Assert.Equal("forbidden", await ProblemAsync(Client, "create_rule", rule));
        using var admin = Centre.Raw(Centre.Admin);
        var (text, content) = await AskAsync(admin, "create_rule", rule);
        Assert.Contains("host_disk_percent{mount=\"/var*\"} > 90.5 for 5m, critical", text);
        Assert.Equal("disk-full", (string?)content["id"]);
        Assert.Equal("conflict", await ProblemAsync(admin, "create_rule", rule));
        var (_, process) = await AskAsync(admin, "create_rule", new { name = "Java", metric = "cpu_percent", process = "java", threshold = 95 });
        Assert.Equal("max(cpu_percent of processes \"java\") > 95", (string?)process["condition"]);
        Assert.Contains("threshold", (await admin.ToolAsync("create_rule", new { name = "x", metric = "m" }))["result"]!["content"]![0]!["text"]!.ToString());
    }

    private static async Task<(string Text, JsonNode Content)> AskAsync(McpRaw client, string tool, object? arguments = null)
    {
        var result = (await client.ToolAsync(tool, arguments))["result"]!;
        var text = (string)result["content"]![0]!["text"]!;
        Assert.True(result["isError"] is null, text);
        return (text, result["structuredContent"]!);
    }

    private static async Task<string?> ProblemAsync(McpRaw client, string tool, object arguments) =>
        (string?)(await client.ToolAsync(tool, arguments))["result"]!["_meta"]?["outrider/problem"]?["code"];
}
