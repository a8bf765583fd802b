using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>"Is my StarRocks healthy?", asked by a real MCP client, answered through a real agent.</summary>
public sealed class MainJobTests
{
    [Fact]
    public async Task DiagnoseStorage_FullDisk_AnswersOverMcpWithEvidence()
    {
        await using var stack = await DemoStack.StartAsync("disk-full");

        var report = await AskAsync(stack, "diagnose_storage");

        Assert.Equal("critical", report.GetProperty("status").GetString(), ignoreCase: true);
        Assert.InRange(report.GetProperty("score").GetInt32(), 0, 50);
        var findings = report.GetProperty("findings").EnumerateArray().ToList();
        Assert.True(findings.Count >= 3, report.ToString());
        Assert.All(findings, finding => Assert.NotEmpty(finding.GetProperty("evidence").EnumerateArray()));
        Assert.All(report.GetProperty("evidence").EnumerateArray(), item => Assert.True(item.GetProperty("status").GetString() is "ok" or "skipped", item.ToString()));
    }

    [Fact]
    public async Task DiagnoseStorage_HealthyCluster_FindsNothingCritical()
    {
        await using var stack = await DemoStack.StartAsync("healthy");

        var report = await AskAsync(stack, "diagnose_storage");

        Assert.Equal("healthy", report.GetProperty("status").GetString(), ignoreCase: true);
        Assert.InRange(report.GetProperty("score").GetInt32(), 85, 100);
    }

    [Fact]
    public async Task AnalyzeAmplification_SharedData_NamesTheTables()
    {
        await using var stack = await DemoStack.StartAsync("shared-data-amplification");

        var report = await AskAsync(stack, "analyze_storage_amplification");

        Assert.Contains(report.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("severity").GetString() == "critical");
        Assert.True((await AskAsync(stack, "diagnose_storage")).GetProperty("findings").GetArrayLength() > 0);
    }

    [Fact]
    public async Task PastReport_AfterARestartOfTheCentre_IsStillThere()
    {
        await using var stack = await DemoStack.StartAsync("disk-full");
        var asked = await stack.Outrider.Client.PostAsJsonAsync("/api/v1/agents/demo/diagnoses", new { expert = "storage" });
        var report = await asked.Content.ReadFromJsonAsync<JsonElement>();

        await stack.Outrider.Centre.KillAsync();
        await stack.Outrider.StartCentreAsync();

        var again = await stack.Outrider.Client.GetFromJsonAsync<JsonElement>(
            $"/api/v1/agents/demo/diagnoses/{report.GetProperty("id").GetString()}");
        Assert.Equal(report.GetProperty("score").GetInt32(), again.GetProperty("score").GetInt32());
        Assert.Equal(report.GetProperty("findings").GetArrayLength(), again.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public async Task Bundle_Downloaded_GivesTheSameFindingsWithoutCentreAndCluster()
    {
        JsonElement report;
        var file = Path.GetTempFileName();
        await using (var stack = await DemoStack.StartAsync("disk-full"))
        {
            var asked = await stack.Outrider.Client.PostAsJsonAsync("/api/v1/agents/demo/diagnoses", new { expert = "storage" });
            report = await asked.Content.ReadFromJsonAsync<JsonElement>();
            var id = report.GetProperty("id").GetString();
            await File.WriteAllBytesAsync(file, await stack.Outrider.Client.GetByteArrayAsync(
                new Uri($"/api/v1/agents/demo/diagnoses/{id}/bundle", UriKind.Relative)));
        }

        using var again = JsonDocument.Parse(await ChildProcess.RunAsync(Programs.Centre, ["reanalyse", file]));

        Assert.Equal(report.GetProperty("score").GetInt32(), again.RootElement.GetProperty("score").GetInt32());
        Assert.Equal(
            report.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("message").GetString()),
            again.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("message").GetString()));
        File.Delete(file);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("sse")]
    public async Task OfficialClient_EachTransport_PassesEveryCheck(string transport)
    {
        await using var stack = await DemoStack.StartAsync("disk-full");

        var output = await McpClient.CheckAsync(stack.Outrider.Url, stack.Outrider.Key, transport, "SHOW BACKENDS");

        Assert.Contains("\"ok\": true", output);
    }

    private static Task<JsonElement> AskAsync(DemoStack stack, string tool) => McpClient.AskAsync(stack.Outrider.Url, stack.Outrider.Key, tool);
}
