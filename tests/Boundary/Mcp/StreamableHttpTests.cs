using System.Net;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>The protocol at <c>/mcp</c>, down to what no SDK would send.</summary>
public sealed class StreamableHttpTests : McpTest
{
    [Theory]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("1999-01-01", "2025-11-25")]
    public async Task Initialize_AnyRevisionOfTheHandshake_NegotiatesAndNamesTheSession(string asked, string given)
    {
        var answer = await Client.InitializeAsync(asked);
        Assert.Equal(given, (string?)answer["result"]!["protocolVersion"]);
        Assert.Equal("outrider", (string?)answer["result"]!["serverInfo"]!["name"]);
        Assert.Contains("list_agents", (string?)answer["result"]!["instructions"]);
        Assert.NotNull(answer["result"]!["capabilities"]!["tools"]);
        Assert.Matches("^[A-Za-z0-9_-]{80,120}$", Client.Session);
        Assert.NotNull((await Client.CallAsync("tools/list"))["result"]!["tools"]);
    }

    [Fact]
    public async Task Initialize_RefusedByTheServer_LeavesNoSession()
    {
        using var response = await Client.PostAsync(Client.Request("initialize",
            new { protocolVersion = "2026-07-28", capabilities = new { }, clientInfo = new { name = "raw", version = "1" } }));
        var answer = McpRaw.Answer(await response.Content.ReadAsStringAsync());
        Assert.Equal(-32022, (int?)answer["error"]!["code"]);
        Assert.False(response.Headers.Contains("Mcp-Session-Id"));
    }

    [Fact]
    public async Task Initialize_ParamsOfTheWrongShape_IsInvalidParams()
    {
        var answer = await Client.CallAsync("initialize", new { protocolVersion = 7 }, HttpStatusCode.BadRequest);
        Assert.Equal(-32602, (int?)answer["error"]!["code"]);
        Assert.Equal(1, (int?)answer["id"]);
    }

    [Fact]
    public async Task Post_WithoutSession_IsServedByItself()
    {
        var listed = await Client.CallAsync("tools/list");
        Assert.Contains(listed["result"]!["tools"]!.AsArray(), tool => (string?)tool!["name"] == "run_sql");
        var called = await Client.ToolAsync("run_sql", new { sql = "SELECT 1" });
        Assert.Equal(1, (int?)called["result"]!["structuredContent"]!["rows"]![0]![0]);
        Assert.Null(Client.Session);
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("prompts/list")]
    [InlineData("resources/list")]
    [InlineData("resources/templates/list")]
    [InlineData("tools/list")]
    public async Task Post_EachListAndPing_IsAnswered(string method)
    {
        var alone = await Client.CallAsync(method);
        await Client.InitializeAsync();
        var inSession = await Client.CallAsync(method);
        Assert.Equal(alone["result"]!.ToJsonString(), inSession["result"]!.ToJsonString());
    }

    [Fact]
    public async Task Post_SetLoggingLevel_IsAccepted()
    {
        await Client.InitializeAsync();
        Assert.NotNull((await Client.CallAsync("logging/setLevel", new { level = "warning" }))["result"]);
    }

    [Theory]
    [InlineData("{\"jsonrpc\":\"2.0\",", -32700)]
    [InlineData("", -32700)]
    [InlineData("nonsense", -32700)]
    [InlineData("7", -32600)]
    [InlineData("{}", -32600)]
    [InlineData("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", -32600)]
    [InlineData("[]", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}", -32700)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"\\ud800\":1}}", -32700)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":\"\\udc00\",\"method\":\"ping\"}", -32700)]
    [InlineData("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", -32600)]
    public async Task Post_NotOneMessage_IsRefusedAsJsonRpc(string body, int code)
    {
        using var response = await Client.PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = McpRaw.Answer(await response.Content.ReadAsStringAsync());
        Assert.Equal(code, (int?)error["error"]!["code"]);
        Assert.NotEmpty((string?)error["error"]!["message"] ?? "");
    }

    [Fact]
    public async Task Post_DeeplyNested_IsRefusedNotFatal()
    {
        using var response = await Client.PostAsync(new string('[', 100_000));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await Client.CallAsync("ping"))["result"]);
    }

    [Fact]
    public async Task Post_OverTheLimit_IsTooLarge()
    {
        using var response = await Client.PostAsync(Client.Request("ping", new { filler = new string('x', 1024 * 1024) }));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Post_UnknownMethod_IsMethodNotFound() =>
        Assert.Equal(-32601, (int?)(await Client.CallAsync("no/such"))["error"]!["code"]);

    [Theory]
    [InlineData("application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("text/event-stream", HttpStatusCode.NotAcceptable)]
    [InlineData("text/html", HttpStatusCode.NotAcceptable)]
    [InlineData("", HttpStatusCode.NotAcceptable)]
    [InlineData("*/*", HttpStatusCode.OK)]
    [InlineData("text/event-stream;q=0.5, application/json", HttpStatusCode.OK)]
    public async Task Post_Accept_MustNameBothForms(string accept, HttpStatusCode expected)
    {
        using var response = await Client.PostAsync(Client.Request("ping"), request =>
        {
            request.Headers.Accept.Clear();
            if (accept.Length > 0)
                request.Headers.TryAddWithoutValidation("Accept", accept);
        });
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Post_OtherContentType_IsRefused()
    {
        using var response = await Client.PostAsync(Client.Request("ping"), request => request.Content!.Headers.ContentType = new("text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Post_UnknownRevision_NamesThoseThatAre()
    {
        using var response = await Client.PostAsync(Client.Request("ping"), request => request.Headers.Add("MCP-Protocol-Version", "2030-01-01"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = McpRaw.Answer(await response.Content.ReadAsStringAsync());
        Assert.Equal(-32022, (int?)error["error"]!["code"]);
        Assert.Equal(1, (int?)error["id"]);
        Assert.Contains(error["error"]!["data"]!["supported"]!.AsArray(), one => (string?)one == "2025-11-25");
    }

    [Fact]
    public async Task Post_RevisionOtherThanNegotiated_IsRefused()
    {
        await Client.InitializeAsync("2025-06-18");
        using var response = await Client.PostAsync(Client.Request("ping"), request => request.Headers.Add("MCP-Protocol-Version", "2025-11-25"));
        Assert.NotNull(McpRaw.Answer(await response.Content.ReadAsStringAsync())["error"]);
    }

    [Theory]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("http://127.0.0.1.evil.example", false)]
    [InlineData("http://localhost:6274", true)]
    [InlineData("http://[::1]:6274", true)]
    public async Task AnyVerb_FromAWebPage_OnlyOfThisMachine(string origin, bool allowed)
    {
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Post, "/mcp"), (HttpMethod.Get, "/mcp"), (HttpMethod.Delete, "/mcp"), (HttpMethod.Post, "/messages?sessionId=x")])
        {
            using var response = await Client.SendAsync(method, path, method == HttpMethod.Post ? Client.Request("ping") : null,
                request => request.Headers.TryAddWithoutValidation("Origin", origin));
            Assert.Equal(!allowed, response.StatusCode == HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task Post_FromAPageOfThisMachineUnderAReboundName_IsRefused()
    {
        using var response = await Client.PostAsync(Client.Request("ping"), request =>
        {
            request.Headers.Host = "rebound.example";
            request.Headers.TryAddWithoutValidation("Origin", "http://rebound.example");
        });
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Delete_Session_EndsIt()
    {
        await Client.InitializeAsync();
        using var deleted = await Client.SendAsync(HttpMethod.Delete, "/mcp");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        var error = await Client.CallAsync("ping", expected: HttpStatusCode.NotFound);
        Assert.Equal(-32001, (int?)error["error"]!["code"]);
        using var again = await Client.SendAsync(HttpMethod.Delete, "/mcp");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task GetAndDelete_WithoutSession_AreBadRequests()
    {
        using var got = await Client.SendAsync(HttpMethod.Get, "/mcp");
        using var deleted = await Client.SendAsync(HttpMethod.Delete, "/mcp");
        Assert.Equal(HttpStatusCode.BadRequest, got.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, deleted.StatusCode);
    }

    [Fact]
    public async Task Get_Session_KeepsTheStreamAliveUntilANewerOneReplacesIt()
    {
        await Client.InitializeAsync();
        var timers = Centre.Time.WaitingTimers;
        using var first = await Client.SendAsync(HttpMethod.Get, "/mcp");
        Assert.Equal("text/event-stream", first.Content.Headers.ContentType?.MediaType);
        await Centre.Time.UntilTimersWaitAsync(timers + 1);
        Centre.Time.Advance(TimeSpan.FromSeconds(15));
        using var reader = new StreamReader(await first.Content.ReadAsStreamAsync());
        Assert.Equal(": keep-alive", await reader.ReadLineAsync());
        using var second = await Client.SendAsync(HttpMethod.Get, "/mcp");
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        await reader.ReadToEndAsync(); // Ends, because the newer stream has replaced this one.
    }

    [Fact]
    public async Task Notification_Cancelled_StopsTheQueryAndEndsTheResponse()
    {
        await Client.InitializeAsync();
        using var running = await Client.PostAsync(Client.Request("tools/call", new { name = "run_sql", arguments = new { sql = ScriptedLink.Slow } }));
        var id = (await Centre.Link.StartedAsync()).Command;
        using var cancelled = await Client.PostAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2,"reason":"enough"}}""");
        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        Assert.Equal(id, await Centre.Link.CanceledAsync());
        Assert.DoesNotContain("result", await running.Content.ReadAsStringAsync());
        Assert.NotNull((await Client.CallAsync("ping"))["result"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_GoneInTheMiddle_StopsTheQuery(bool session)
    {
        if (session)
            await Client.InitializeAsync();
        using var gone = new CancellationTokenSource();
        var running = Client.PostAsync(
            Client.Request("tools/call", new { name = "run_sql", arguments = new { sql = ScriptedLink.Slow } }), cancellation: gone.Token);
        await Centre.Link.StartedAsync();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            using var response = await running;
            await response.Content.ReadAsStringAsync(gone.Token);
        });
        Assert.Equal(ScriptedLink.Slow, await Centre.Link.CanceledAsync());
    }

    [Fact]
    public async Task Post_LongCall_IsKeptAlive()
    {
        using var running = await Client.PostAsync(Client.Request("tools/call", new { name = "run_sql", arguments = new { sql = ScriptedLink.Slow } }));
        await Centre.Link.StartedAsync();
        Centre.Time.Advance(TimeSpan.FromSeconds(15));
        using var reader = new StreamReader(await running.Content.ReadAsStreamAsync());
        Assert.Equal(": keep-alive", await reader.ReadLineAsync());
    }
}
