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
    public async Task Session_IdleTooLong_Ends()
    {
        await using var centre = await McpCentre.StartAsync();
        using var idle = centre.Raw();
        using var watching = centre.Raw(centre.Colleague);
        await idle.InitializeAsync();
        await watching.InitializeAsync();
        using var events = await watching.SendAsync(HttpMethod.Get, "/mcp");
        centre.Time.Advance(TimeSpan.FromMinutes(9));
        await idle.CallAsync("ping");
        centre.Time.Advance(TimeSpan.FromMinutes(9));
        await idle.CallAsync("ping");
        centre.Time.Advance(TimeSpan.FromMinutes(12));
        await idle.CallAsync("ping", expected: HttpStatusCode.NotFound);
        Assert.NotNull((await watching.CallAsync("ping"))["result"]); // An open event stream counts as use.
    }

    [Fact]
    public async Task Sessions_MoreThanACredentialMayHave_ReplaceTheOneIdleForLongest()
    {
        await using var centre = await McpCentre.StartAsync(options => options.MaxSessionsPerCredential = 2);
        using var first = centre.Raw();
        using var second = centre.Raw();
        using var third = centre.Raw();
        using var colleague = centre.Raw(centre.Colleague);
        await colleague.InitializeAsync();
        await first.InitializeAsync();
        centre.Time.Advance(TimeSpan.FromSeconds(1));
        await second.InitializeAsync();
        centre.Time.Advance(TimeSpan.FromSeconds(1));
        await first.CallAsync("ping");
        await third.InitializeAsync();
        await second.CallAsync("ping", expected: HttpStatusCode.NotFound);
        foreach (var client in (McpRaw[])[first, third, colleague])
            Assert.NotNull((await client.CallAsync("ping"))["result"]);
    }

    [Fact]
    public async Task Sessions_AllInUse_TellToComeAgainAndServeWithoutOne()
    {
        await using var centre = await McpCentre.StartAsync(options => (options.MaxSessions, options.MaxSessionsPerCredential) = (2, 1));
        using var busy = centre.Raw();
        await busy.InitializeAsync();
        using var events = await busy.SendAsync(HttpMethod.Get, "/mcp");
        using var another = centre.Raw();
        var refused = await another.CallAsync("initialize", InitializeParams, HttpStatusCode.TooManyRequests);
        Assert.Equal(1, (int?)refused["id"]);
        using var colleague = centre.Raw(centre.Colleague);
        await colleague.InitializeAsync();
        using var viewer = centre.Raw(centre.Viewer);
        await viewer.CallAsync("initialize", InitializeParams, HttpStatusCode.ServiceUnavailable);
        Assert.NotNull((await viewer.CallAsync("tools/list"))["result"]);
    }

    [Fact]
    public async Task Stateless_Initialize_NamesNoSessionAndAnyNodeServes()
    {
        await using var one = await McpCentre.StartAsync(options => options.Stateless = true);
        using var client = one.Raw();
        var answer = await client.InitializeAsync();
        Assert.NotNull(answer["result"]);
        Assert.Null(client.Session);
        client.Session = "of-another-node";
        Assert.NotNull((await client.CallAsync("tools/list"))["result"]);
        using var got = await client.SendAsync(HttpMethod.Get, "/mcp");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, got.StatusCode);
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
