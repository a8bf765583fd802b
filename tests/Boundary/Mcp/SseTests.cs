using System.Net;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>The older transport at <c>/sse</c> and <c>/messages</c>.</summary>
public sealed class SseTests : McpTest
{
    [Fact]
    public async Task Stream_FirstEvent_NamesWhereToPost()
    {
        using var stream = await OpenStream.OpenAsync(Client);
        Assert.Matches("^/messages\\?sessionId=[A-Za-z0-9_-]{80,200}$", stream.Endpoint);
        using var posted = await Client.SendAsync(HttpMethod.Post, stream.Endpoint, Client.Request("tools/list"));
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
        Assert.NotEmpty((await stream.MessageAsync())["result"]!["tools"]!.AsArray());
    }

    [Fact]
    public async Task Message_OfAnotherCredential_IsNotTaken()
    {
        using var stream = await OpenStream.OpenAsync(Client);
        foreach (var key in (string[])[Centre.Stranger, Centre.Colleague])
        {
            using var thief = Centre.Raw(key);
            using var posted = await thief.SendAsync(HttpMethod.Post, stream.Endpoint, thief.Request("tools/list"));
            Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        }
        using var forged = await Client.SendAsync(
            HttpMethod.Post, stream.Endpoint, Client.Request("ping"), request => request.Headers.Add("X-Tenant-ID", "globex"));
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        using var own = await Client.SendAsync(
            HttpMethod.Post, stream.Endpoint, Client.Request("ping"), request => request.Headers.Add("X-Tenant-ID", "acme"));
        Assert.Equal(HttpStatusCode.Accepted, own.StatusCode);
    }

    [Theory]
    [InlineData("/messages", "{}", HttpStatusCode.NotFound)]
    [InlineData("/messages?sessionId=nope", "{}", HttpStatusCode.NotFound)]
    [InlineData(null, "nonsense", HttpStatusCode.BadRequest)]
    [InlineData(null, "{}", HttpStatusCode.BadRequest)]
    public async Task Message_ThatCantBeTaken_IsRefused(string? path, string body, HttpStatusCode expected)
    {
        using var stream = await OpenStream.OpenAsync(Client);
        using var posted = await Client.SendAsync(HttpMethod.Post, path ?? stream.Endpoint, body);
        Assert.Equal(expected, posted.StatusCode);
    }

    [Fact]
    public async Task Stream_Silent_GetsComments()
    {
        using var stream = await OpenStream.OpenAsync(Client);
        Centre.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(": keep-alive", await stream.LineAsync());
    }

    [Fact]
    public async Task Stream_GivenUp_StopsItsQueriesAndEndsTheSession()
    {
        var stream = await OpenStream.OpenAsync(Client);
        using var posted = await Client.SendAsync(HttpMethod.Post, stream.Endpoint,
            Client.Request("tools/call", new { name = "run_sql", arguments = new { sql = ScriptedLink.Slow } }));
        await Centre.Link.StartedAsync();
        stream.Dispose();
        Assert.Equal(ScriptedLink.Slow, await Centre.Link.CanceledAsync());
    }

    [Fact]
    public async Task Notification_Cancelled_StopsTheQuery()
    {
        using var stream = await OpenStream.OpenAsync(Client);
        using var posted = await Client.SendAsync(HttpMethod.Post, stream.Endpoint,
            Client.Request("tools/call", new { name = "run_sql", arguments = new { sql = ScriptedLink.Slow } }));
        await Centre.Link.StartedAsync();
        using var cancelled = await Client.SendAsync(HttpMethod.Post, stream.Endpoint,
            """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""");
        Assert.Equal(ScriptedLink.Slow, await Centre.Link.CanceledAsync());
    }
}
