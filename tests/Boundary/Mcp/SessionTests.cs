using System.Net;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>Sessions: whose they are, how many, how long.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task Session_UsedByAnotherCredential_IsNotThere()
    {
        await using var centre = await McpCentre.StartAsync();
        using var owner = centre.Raw();
        await owner.InitializeAsync();
        foreach (var key in (string[])[centre.Stranger, centre.Colleague, centre.Viewer, centre.Platform])
        {
            using var thief = centre.Raw(key);
            thief.Session = owner.Session;
            await thief.CallAsync("tools/list", expected: HttpStatusCode.NotFound);
            using var got = await thief.SendAsync(HttpMethod.Get, "/mcp");
            using var deleted = await thief.SendAsync(HttpMethod.Delete, "/mcp");
            using var message = await thief.SendAsync(HttpMethod.Post, $"/messages?sessionId={owner.Session}", thief.Request("ping"));
            Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound],
                [got.StatusCode, deleted.StatusCode, message.StatusCode]);
        }
        Assert.NotNull((await owner.CallAsync("ping"))["result"]);
    }

    [Fact]
    public async Task Session_OfARevokedKey_AnswersNoMore()
    {
        await using var centre = await McpCentre.StartAsync();
        using var client = centre.Raw(centre.Colleague);
        await client.InitializeAsync();
        await centre.RevokeAsync(centre.Colleague);
        await client.CallAsync("tools/list", expected: HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_CancellationFromAnotherSession_DoesNotReachIt()
    {
        await using var centre = await McpCentre.StartAsync();
        using var owner = centre.Raw();
        using var other = centre.Raw(centre.Colleague);
        await owner.InitializeAsync();
        await other.InitializeAsync();
        using var gone = new CancellationTokenSource();
        using var running = await owner.PostAsync(
            owner.Request("tools/call", new { name = "run_sql", arguments = new { sql = ScriptedLink.Slow } }), cancellation: gone.Token);
        await centre.Link.StartedAsync();
        using var cancelled = await other.PostAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}""");
        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        Assert.NotNull((await other.CallAsync("ping"))["result"]);
        Assert.True(centre.Link.Undisturbed);
    }

    [Fact]
    public async Task Session_OlderThanItsLifetime_HasEnded()
    {
        await using var centre = await McpCentre.StartAsync(options => options.SessionLifetime = TimeSpan.FromHours(1));
        using var client = centre.Raw();
        await client.InitializeAsync();
        centre.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull((await client.CallAsync("ping"))["result"]);
        centre.Time.Advance(TimeSpan.FromMinutes(1));
        var error = await client.CallAsync("ping", expected: HttpStatusCode.NotFound);
        Assert.Equal(-32001, (int?)error["error"]!["code"]);
        await client.InitializeAsync();
        Assert.NotNull((await client.CallAsync("ping"))["result"]);
    }

    [Fact]
    public async Task Initialize_WithTheIdOfAnEndedSession_OpensANewOne()
    {
        await using var centre = await McpCentre.StartAsync();
        using var client = centre.Raw();
        await client.InitializeAsync();
        var first = client.Session;
        using var deleted = await client.SendAsync(HttpMethod.Delete, "/mcp");
        using var again = await client.PostAsync(client.Request("initialize", InitializeParams));
        client.Session = again.Headers.GetValues("Mcp-Session-Id").Single();
        Assert.NotEqual(first, client.Session);
        Assert.NotNull((await client.CallAsync("ping"))["result"]);
    }

    [Fact]
    public async Task Streams_MoreThanThereArePlaces_TellToComeAgainAndCallsGoOn()
    {
        await using var centre = await McpCentre.StartAsync(options => (options.MaxStreams, options.MaxStreamsPerCredential) = (2, 1));
        using var busy = centre.Raw();
        await busy.InitializeAsync();
        using var events = await busy.SendAsync(HttpMethod.Get, "/mcp");
        using var colleague = centre.Raw(centre.Colleague);
        using var stream = await OpenStream.OpenAsync(colleague);
        using var viewer = centre.Raw(centre.Viewer);
        using var full = await viewer.SendAsync(HttpMethod.Get, "/sse");
        using var ownFull = await busy.SendAsync(HttpMethod.Get, "/sse");
        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests], [full.StatusCode, ownFull.StatusCode]);
        Assert.NotNull(full.Headers.RetryAfter);
        Assert.NotNull((await busy.CallAsync("ping"))["result"]);
        using var deleted = await busy.SendAsync(HttpMethod.Delete, "/mcp");
        await events.Content.ReadAsStringAsync(); // Ends with its session, and leaves its place.
        using var free = await OpenStream.OpenAsync(viewer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ork.acme.none.secret")]
    [InlineData("nonsense")]
    public async Task AnyEndpoint_WithoutAProvenCaller_IsUnauthorized(string key)
    {
        await using var centre = await McpCentre.StartAsync();
        using var client = centre.Raw(key);
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Post, "/mcp"), (HttpMethod.Get, "/mcp"), (HttpMethod.Delete, "/mcp"), (HttpMethod.Get, "/sse"), (HttpMethod.Post, "/messages?sessionId=x")])
        {
            using var response = await client.SendAsync(method, path, method == HttpMethod.Post ? client.Request("ping") : null);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    private static object InitializeParams => new { protocolVersion = "2025-11-25", capabilities = new { }, clientInfo = new { name = "raw", version = "1" } };
}
