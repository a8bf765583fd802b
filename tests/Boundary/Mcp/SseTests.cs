using System.Net;
using System.Text.Json.Nodes;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>The older transport at <c>/sse</c> and <c>/messages</c>.</summary>
public sealed class SseTests : IAsyncLifetime
{
    private McpCentre _centre = null!;
    private McpRaw _client = null!;

    public async Task InitializeAsync()
    {
        _centre = await McpCentre.StartAsync();
        _client = _centre.Raw();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _centre.DisposeAsync();
    }

    [Fact]
    public async Task Stream_FirstEvent_NamesWhereToPost()
    {
        using var stream = await OpenAsync(_client);
        Assert.Matches("^/messages\\?sessionId=[A-Za-z0-9_-]{22}$", stream.Endpoint);
        using var posted = await _client.SendAsync(HttpMethod.Post, stream.Endpoint, _client.Request("tools/list"));
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
        Assert.NotEmpty((await stream.MessageAsync())["result"]!["tools"]!.AsArray());
    }

    [Fact]
    public async Task Message_OfAnotherCredential_IsNotTaken()
    {
        using var stream = await OpenAsync(_client);
        foreach (var key in (string[])[_centre.Stranger, _centre.Colleague])
        {
            using var thief = _centre.Raw(key);
            using var posted = await thief.SendAsync(HttpMethod.Post, stream.Endpoint, thief.Request("tools/list"));
            Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        }
        using var forged = await _client.SendAsync(
            HttpMethod.Post, stream.Endpoint, _client.Request("ping"), request => request.Headers.Add("X-Tenant-ID", "globex"));
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        using var own = await _client.SendAsync(
            HttpMethod.Post, stream.Endpoint, _client.Request("ping"), request => request.Headers.Add("X-Tenant-ID", "acme"));
        Assert.Equal(HttpStatusCode.Accepted, own.StatusCode);
    }

    [Theory]
    [InlineData("/messages", "{}", HttpStatusCode.NotFound)]
    [InlineData("/messages?sessionId=nope", "{}", HttpStatusCode.NotFound)]
    [InlineData(null, "nonsense", HttpStatusCode.BadRequest)]
    [InlineData(null, "{}", HttpStatusCode.BadRequest)]
    public async Task Message_ThatCantBeTaken_IsRefused(string? path, string body, HttpStatusCode expected)
    {
        using var stream = await OpenAsync(_client);
        using var posted = await _client.SendAsync(HttpMethod.Post, path ?? stream.Endpoint, body);
        Assert.Equal(expected, posted.StatusCode);
    }

    [Fact]
    public async Task Stream_Silent_GetsComments()
    {
        using var stream = await OpenAsync(_client);
        _centre.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(": keep-alive", await stream.LineAsync());
    }

    [Fact]
    public async Task Stream_GivenUp_StopsItsQueriesAndEndsTheSession()
    {
        var stream = await OpenAsync(_client);
        using var posted = await _client.SendAsync(HttpMethod.Post, stream.Endpoint,
            _client.Request("tools/call", new { name = "run_sql", arguments = new { sql = ScriptedLink.Slow } }));
        await _centre.Link.StartedAsync();
        stream.Dispose();
        Assert.Equal(ScriptedLink.Slow, await _centre.Link.CanceledAsync());
    }

    [Fact]
    public async Task Notification_Cancelled_StopsTheQuery()
    {
        using var stream = await OpenAsync(_client);
        using var posted = await _client.SendAsync(HttpMethod.Post, stream.Endpoint,
            _client.Request("tools/call", new { name = "run_sql", arguments = new { sql = ScriptedLink.Slow } }));
        await _centre.Link.StartedAsync();
        using var cancelled = await _client.SendAsync(HttpMethod.Post, stream.Endpoint,
            """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""");
        Assert.Equal(ScriptedLink.Slow, await _centre.Link.CanceledAsync());
    }

    private static async Task<OpenStream> OpenAsync(McpRaw client)
    {
        var response = await client.SendAsync(HttpMethod.Get, "/sse");
        response.EnsureSuccessStatusCode();
        var stream = new OpenStream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        Assert.Equal("event: endpoint", await stream.LineAsync());
        stream.Endpoint = (await stream.LineAsync())["data: ".Length..];
        Assert.Equal("", await stream.LineAsync());
        return stream;
    }

    private sealed class OpenStream(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public string Endpoint { get; set; } = "";

        public async Task<string> LineAsync() => await reader.ReadLineAsync() ?? throw new EndOfStreamException();

        public async Task<JsonNode> MessageAsync()
        {
            string line;
            do
                line = await LineAsync();
            while (!line.StartsWith("data: "));
            return JsonNode.Parse(line["data: ".Length..])!;
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
