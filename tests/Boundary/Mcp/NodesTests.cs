using System.Net;
using Outrider.Api.Mcp;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>A session of Streamable HTTP on a centre of three nodes: each request may come in anywhere.</summary>
public sealed class NodesTests : McpTest
{
    private static readonly string s_never = new('A', 79);

    protected override int Nodes => 3;

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-11-25")]
    public async Task Session_RequestsGoRound_IsOneSession(string revision)
    {
        await Client.InitializeAsync(revision);
        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull((await Client.CallAsync("ping"))["result"]);
            Assert.NotEmpty((await Client.CallAsync("tools/list"))["result"]!["tools"]!.AsArray());
            Assert.Equal(1, (int?)(await Client.ToolAsync("run_sql", new { sql = "SELECT 1" }))["result"]!["structuredContent"]!["rows"]![0]![0]);
            using var events = await Client.SendAsync(HttpMethod.Get, "/mcp");
            Assert.Equal(HttpStatusCode.OK, events.StatusCode);
        }
    }

    [Fact]
    public async Task Session_NodesDieUnderIt_GoesOnAtTheLast()
    {
        using var first = Centre.RawAt(0);
        await first.InitializeAsync();
        using var running = await first.PostAsync(Slow(first));
        await Centre.Link.StartedAsync();
        await Centre.KillNodeAsync(0);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => running.Content.ReadAsStringAsync());
        using var second = Centre.RawAt(1, first.Session);
        Assert.NotNull((await second.ToolAsync("list_agents"))["result"]);
        await Centre.KillNodeAsync(1);
        using var third = Centre.RawAt(2, first.Session);
        Assert.NotNull((await third.ToolAsync("list_agents"))["result"]);
    }

    [Fact]
    public async Task Session_AtANodeThatStartsLater_IsKnown()
    {
        await Client.InitializeAsync();
        using var late = Centre.RawAt(await Centre.StartNodeAsync(Centre.Platform), Client.Session);
        Assert.NotNull((await late.CallAsync("ping"))["result"]);
    }

    [Fact]
    public async Task Session_OfAnotherCredential_IsNowhere()
    {
        await Client.InitializeAsync();
        foreach (var key in (string[])[Centre.Stranger, Centre.Colleague, Centre.Viewer, Centre.Platform])
        {
            for (var node = 0; node < Nodes; node++)
            {
                using var thief = Centre.RawAt(node, Client.Session, key);
                await AssertUnknownAsync(thief);
            }
        }
        Assert.NotNull((await Client.CallAsync("ping"))["result"]);
    }

    [Fact]
    public async Task Session_RevisionOtherThanNegotiated_IsRefusedAtAnyNode()
    {
        await Client.InitializeAsync("2025-06-18");
        for (var node = 0; node < Nodes; node++)
        {
            using var response = await Client.PostAsync(Client.Request("ping"), request => request.Headers.Add("MCP-Protocol-Version", "2025-11-25"));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains("2025-06-18", await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task SessionId_AnyCharacterOfItChanged_IsUnknown()
    {
        await Client.InitializeAsync();
        var id = Client.Session!;
        using var forger = Centre.RawAt(1);
        for (var at = 0; at < id.Length; at++)
        {
            forger.Session = $"{id[..at]}{(id[at] == 'A' ? 'B' : 'A')}{id[(at + 1)..]}";
            await forger.CallAsync("ping", expected: HttpStatusCode.NotFound);
        }
        Assert.NotNull((await Client.CallAsync("ping"))["result"]);
    }

    [Fact]
    public async Task SessionId_CutExtendedOrInvented_IsUnknown()
    {
        await Client.InitializeAsync();
        var id = Client.Session!;
        using var stream = await OpenStream.OpenAsync(Client);
        using var forger = Centre.RawAt(1);
        string[] forged =
        [
            id[..1], id[..22], id[..^1], id[1..], id + "A", id + "=", id + id, s_never, "x", "!", new string('A', 2_000), stream.Endpoint.Split('=')[1],
        ];
        foreach (var one in forged)
        {
            forger.Session = one;
            await AssertUnknownAsync(forger);
        }
    }

    [Fact]
    public async Task SessionId_OfACentreWithAnotherPlatformKey_IsUnknown()
    {
        var foreign = await Centre.StartNodeAsync(McpCentre.NewPlatformKey());
        using var there = Centre.RawAt(foreign);
        await there.InitializeAsync();
        using var here = Centre.RawAt(0, there.Session);
        await AssertUnknownAsync(here);
        Assert.NotNull((await there.CallAsync("ping"))["result"]);
    }

    [Fact]
    public async Task SessionId_TooOld_IsUnknownAtAnyNode()
    {
        await Client.InitializeAsync();
        Centre.Time.Advance(TimeSpan.FromHours(1));
        for (var node = 0; node < Nodes; node++)
            await AssertUnknownAsync(Client);
    }

    [Fact]
    public async Task Cancellation_AtAnotherNode_StopsTheQueryAndEndsTheResponse()
    {
        using var first = Centre.RawAt(0);
        await first.InitializeAsync();
        using var running = await first.PostAsync(Slow(first));
        await Centre.Link.StartedAsync();
        using var second = Centre.RawAt(1, first.Session);
        using var cancelled = await second.PostAsync(McpRaw.Cancellation(2));
        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        Assert.Equal(ScriptedLink.Slow, await Centre.Link.CanceledAsync());
        Assert.DoesNotContain("result", await running.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Cancellation_OfACallThatRunsNowhere_IsAccepted()
    {
        await Client.InitializeAsync();
        for (var node = 0; node < Nodes; node++)
        {
            using var cancelled = await Client.PostAsync(McpRaw.Cancellation(77));
            Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        }
        Assert.NotNull((await Client.CallAsync("ping"))["result"]);
    }

    [Fact]
    public async Task Delete_AtAnotherNode_EndsWhatTheSessionHasUnderWay()
    {
        using var first = Centre.RawAt(0);
        await first.InitializeAsync();
        using var events = await first.SendAsync(HttpMethod.Get, "/mcp");
        using var running = await first.PostAsync(Slow(first));
        await Centre.Link.StartedAsync();
        using var second = Centre.RawAt(1, first.Session);
        using var deleted = await second.SendAsync(HttpMethod.Delete, "/mcp");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await AssertUnknownAsync(second);
        Assert.Equal(ScriptedLink.Slow, await Centre.Link.CanceledAsync());
        await events.Content.ReadAsStringAsync(); // Ends, so the first node has heard of it.
        await AssertUnknownAsync(first);
    }

    private protected override void Configure(McpOptions options) => options.SessionLifetime = TimeSpan.FromHours(1);

    private static string Slow(McpRaw client) => client.Request("tools/call", new { name = "run_sql", arguments = new { sql = ScriptedLink.Slow } });

    /// <summary>Tries the client's session in every way that a request can use one.</summary>
    private static async Task AssertUnknownAsync(McpRaw client)
    {
        var error = await client.CallAsync("tools/list", expected: HttpStatusCode.NotFound);
        Assert.Equal(-32001, (int?)error["error"]!["code"]);
        using var notified = await client.PostAsync(McpRaw.Cancellation(2));
        using var got = await client.SendAsync(HttpMethod.Get, "/mcp");
        using var deleted = await client.SendAsync(HttpMethod.Delete, "/mcp");
        Assert.All((HttpResponseMessage[])[notified, got, deleted], response => Assert.Equal(HttpStatusCode.NotFound, response.StatusCode));
    }
}
