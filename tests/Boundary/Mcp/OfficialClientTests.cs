using System.Text.Json.Nodes;
using Outrider.Testing.Centre;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>The official TypeScript client against the front door, over both transports (tests/EndToEnd/mcp-client).</summary>
public sealed class OfficialClientTests
{
    private static readonly string s_folder = Path.Combine(Programs.Root, "tests", "EndToEnd", "mcp-client");

    [Theory]
    [InlineData("http", 1)]
    [InlineData("sse", 1)]
    [InlineData("http", 2)]
    [InlineData("sse", 2)]
    public async Task Client_EverythingPromised_Holds(string transport, int nodes)
    {
        await using var centre = await McpCentre.StartAsync(nodes: nodes);
        await using var balancer = await RoundRobin.StartAsync(centre.Urls);
        await using var node = ChildProcess.Start("node",
            [
                "check.mjs", "--url", $"{(nodes == 1 ? centre.Url : balancer.Url)}", "--key", centre.Operator, "--transport", transport, "--other-key", centre.Stranger,
                "--slow-sql", ScriptedLink.Slow,
            ],
            folder: s_folder);
        var status = await node.ExitAsync(TimeSpan.FromMinutes(2));
        Assert.True(status == 0, node.Output);
        var checks = JsonNode.Parse(node.Output)!["checks"]!.AsArray();
        Assert.Contains(checks, one => (string?)one!["name"] == "cancellation");
        while (centre.Link.Running > 0)
            await centre.Link.CanceledAsync();
    }

    [Fact]
    public async Task Ask_OneTool_PrintsItsText()
    {
        await using var centre = await McpCentre.StartAsync();
        var printed = await ChildProcess.RunAsync("node",
            ["ask.mjs", "--url", $"{centre.Url}", "--key", centre.Operator, "--tool", "diagnose_storage", "--args", """{"fresh":true}"""], folder: s_folder);
        Assert.Contains("disk_critical", printed);
        Assert.Contains("3/3 statement 3", printed);
    }
}
