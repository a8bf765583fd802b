using System.Net;
using System.Text.Json.Nodes;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>Revision 2026-07-28 of the protocol: no handshake, no session, headers that repeat the body.</summary>
public sealed class SessionlessRevisionTests : McpTest
{
    [Fact]
    public async Task Post_SessionlessRevision_IsServedWithHeadersThatAgree()
    {
        using var listed = await Client.PostAsync(Sessionless("tools/list"), Headers("tools/list"));
        var result = McpRaw.Answer(await listed.Content.ReadAsStringAsync())["result"]!;
        Assert.NotEmpty(result["tools"]!.AsArray());
        using var called = await Client.PostAsync(
            Sessionless("tools/call", new() { ["name"] = "list_experts", ["arguments"] = new JsonObject() }), Headers("tools/call", "list_experts"));
        Assert.NotNull(McpRaw.Answer(await called.Content.ReadAsStringAsync())["result"]!["structuredContent"]);
        using var discovered = await Client.PostAsync(Sessionless("server/discover"), Headers("server/discover"));
        Assert.NotNull(McpRaw.Answer(await discovered.Content.ReadAsStringAsync())["result"]!["supportedVersions"]);
    }

    [Theory]
    [InlineData("tools/call", "tools/list", "run_sql", HttpStatusCode.BadRequest, -32020)]
    [InlineData("tools/call", "tools/call", "list_agents", HttpStatusCode.BadRequest, -32020)]
    [InlineData("tools/call", "tools/call", null, HttpStatusCode.BadRequest, -32020)]
    [InlineData("no/such", "no/such", null, HttpStatusCode.NotFound, -32601)]
    [InlineData("initialize", "initialize", null, HttpStatusCode.NotFound, -32601)]
    public async Task Post_SessionlessRevisionInDisagreement_IsRefused(string body, string method, string? name, HttpStatusCode status, int code)
    {
        using var response = await Client.PostAsync(
            Sessionless(body, new() { ["name"] = "run_sql", ["arguments"] = new JsonObject() }), Headers(method, name));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(code, (int?)McpRaw.Answer(await response.Content.ReadAsStringAsync())["error"]!["code"]);
    }

    [Fact]
    public async Task Get_SessionlessRevision_IsNotAllowed()
    {
        using var response = await Client.SendAsync(HttpMethod.Get, "/mcp", change: request => request.Headers.Add("MCP-Protocol-Version", "2026-07-28"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    private static Action<HttpRequestMessage> Headers(string method, string? name = null) => request =>
    {
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", method);
        if (name is not null)
            request.Headers.Add("Mcp-Name", name);
    };

    private string Sessionless(string method, JsonObject? parameters = null)
    {
        parameters ??= [];
        parameters["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28",
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
        };
        return Client.Request(method, parameters);
    }
}
