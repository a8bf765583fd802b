using System.Net;
using Outrider.Api.Mcp;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>The older transport on a centre of two nodes: the stream is at the first, where a client begins; messages come in at the other.</summary>
public sealed class NodesSseTests : McpTest
{
    protected override int Nodes => 2;

    [Fact]
    public async Task Message_AtTheOtherNode_IsAnsweredOverTheStream()
    {
        using var stream = await OpenStream.OpenAsync(Client);
        using var other = Centre.RawAt(1);
        using var initialized = await other.SendAsync(HttpMethod.Post, stream.Endpoint, other.Request("initialize",
            new { protocolVersion = "2024-11-05", capabilities = new { }, clientInfo = new { name = "raw", version = "1" } }));
        Assert.Equal(HttpStatusCode.Accepted, initialized.StatusCode);
        Assert.Equal("2024-11-05", (string?)(await stream.MessageAsync())["result"]!["protocolVersion"]);
        for (var i = 0; i < 4; i++)
        {
            using var posted = await Client.SendAsync(HttpMethod.Post, stream.Endpoint,
                Client.Request("tools/call", new { name = "run_sql", arguments = new { sql = "SELECT 1" } }));
            Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
            Assert.Equal(1, (int?)(await stream.MessageAsync())["result"]!["structuredContent"]!["rows"]![0]![0]);
        }
    }

    [Fact]
    public async Task Cancellation_AtTheOtherNode_StopsTheQuery()
    {
        using var stream = await OpenStream.OpenAsync(Client);
        using var posted = await Client.SendAsync(HttpMethod.Post, stream.Endpoint,
            Client.Request("tools/call", new { name = "run_sql", arguments = new { sql = ScriptedLink.Slow } }));
        await Centre.Link.StartedAsync();
        using var cancelled = await Client.SendAsync(HttpMethod.Post, stream.Endpoint, McpRaw.Cancellation(1));
        Assert.Equal(ScriptedLink.Slow, await Centre.Link.CanceledAsync());
    }

    [Fact]
    public async Task Message_OfAnotherCredentialAtTheOtherNode_IsNotTaken()
    {
        using var stream = await OpenStream.OpenAsync(Client);
        foreach (var key in (string[])[Centre.Stranger, Centre.Colleague, Centre.Platform])
        {
            using var thief = Centre.RawAt(1, key: key);
            await AssertNoStreamAsync(thief, stream.Endpoint);
        }
    }

    [Fact]
    public async Task Endpoint_Forged_IsNotThere()
    {
        await Client.InitializeAsync();
        using var stream = await OpenStream.OpenAsync(Client);
        using var other = Centre.RawAt(1);
        var (path, id) = (stream.Endpoint.Split('=')[0], stream.Endpoint.Split('=')[1]);
        foreach (var forged in (string[])["", id[..^1], id[1..], id + "A", (id[0] == 'A' ? 'B' : 'A') + id[1..], Client.Session!])
            await AssertNoStreamAsync(other, $"{path}={forged}");
    }

    [Fact]
    public async Task Message_ToAStreamThatHasEnded_IsRefused()
    {
        string endpoint;
        using (var stream = await OpenStream.OpenAsync(Client))
        {
            endpoint = stream.Endpoint;
            using var posted = await Client.SendAsync(HttpMethod.Post, endpoint,
                Client.Request("tools/call", new { name = "run_sql", arguments = new { sql = ScriptedLink.Slow } }));
            await Centre.Link.StartedAsync();
        }
        await Centre.Link.CanceledAsync(); // The node has noticed, and forgotten the stream before.
        using var other = Centre.RawAt(1);
        await AssertNoStreamAsync(other, endpoint);
    }

    [Fact]
    public async Task Message_ToAStreamOfADeadNode_IsRefusedAndANewStreamServes()
    {
        using var stream = await OpenStream.OpenAsync(Client);
        await Centre.KillNodeAsync(0);
        using var other = Centre.RawAt(1);
        await AssertNoStreamAsync(other, stream.Endpoint);
        using var again = await OpenStream.OpenAsync(other);
        using var posted = await other.SendAsync(HttpMethod.Post, again.Endpoint, other.Request("tools/list"));
        Assert.NotEmpty((await again.MessageAsync())["result"]!["tools"]!.AsArray());
    }

    [Fact]
    public async Task Stream_OlderThanASessionMayBe_StillTakesMessages()
    {
        using var stream = await OpenStream.OpenAsync(Client);
        Centre.Time.Advance(TimeSpan.FromHours(2));
        using var other = Centre.RawAt(1);
        using var posted = await other.SendAsync(HttpMethod.Post, stream.Endpoint, other.Request("ping"));
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
    }

    private protected override void Configure(McpOptions options) => options.SessionLifetime = TimeSpan.FromHours(1);

    private static async Task AssertNoStreamAsync(McpRaw client, string endpoint)
    {
        using var posted = await client.SendAsync(HttpMethod.Post, endpoint, client.Request("tools/list"));
        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        Assert.Equal(-32001, (int?)McpRaw.Answer(await posted.Content.ReadAsStringAsync())["error"]!["code"]);
    }
}
