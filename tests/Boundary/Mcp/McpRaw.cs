using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>A client without an SDK, for what no SDK would send.</summary>
internal sealed class McpRaw : IDisposable
{
    private readonly HttpClient _http;
    private readonly IReadOnlyList<Uri> _nodes;
    private int _requests;
    private int _id;

    /// <param name="nodes">Addresses of nodes; requests go to one after the other.</param>
    public McpRaw(IReadOnlyList<Uri> nodes, string key)
    {
        _nodes = nodes;
        _http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        if (key.Length > 0)
            _http.DefaultRequestHeaders.Add("X-API-Key", key);
    }

    /// <summary>Sent with each request once known.</summary>
    public string? Session { get; set; }

    /// <summary>The cancellation of this client's request of a number.</summary>
    public static string Cancellation(int id) =>
        $$$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{{id}}},"reason":"enough"}}""";

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? body = null, Action<HttpRequestMessage>? change = null, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(method, new Uri(_nodes[_requests++ % _nodes.Count], path));
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (Session is not null)
            request.Headers.Add("Mcp-Session-Id", Session);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        change?.Invoke(request);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    public Task<HttpResponseMessage> PostAsync(string body, Action<HttpRequestMessage>? change = null, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Post, "/mcp", body, change, cancellation);

    public string Request(string method, object? parameters = null) =>
        JsonSerializer.Serialize(new { jsonrpc = "2.0", id = ++_id, method, @params = parameters ?? new { } });

    /// <summary>The whole answer to a request, its status checked.</summary>
    public async Task<JsonNode> CallAsync(string method, object? parameters = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await PostAsync(Request(method, parameters));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{response.StatusCode}: {text}");
        return Answer(text);
    }

    public Task<JsonNode> ToolAsync(string name, object? arguments = null) =>
        CallAsync("tools/call", new { name, arguments = arguments ?? new { } });

    /// <summary>Opens a session and keeps its id.</summary>
    public async Task<JsonNode> InitializeAsync(string version = "2025-11-25")
    {
        Session = null;
        using var response = await PostAsync(Request("initialize", new
        {
            protocolVersion = version,
            capabilities = new { },
            clientInfo = new { name = "raw", version = "1" },
        }));
        response.EnsureSuccessStatusCode();
        Session = response.Headers.TryGetValues("Mcp-Session-Id", out var ids) ? ids.Single() : null;
        var answer = Answer(await response.Content.ReadAsStringAsync());
        using var notified = await PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        Assert.Equal(HttpStatusCode.Accepted, notified.StatusCode);
        return answer;
    }

    /// <summary>The last message of an event stream, or the body where it isn't one.</summary>
    public static JsonNode Answer(string text) => Messages(text)[^1];

    public static List<JsonNode> Messages(string text)
    {
        var data = text.Split('\n').Where(line => line.StartsWith("data: ")).Select(line => line[6..]).ToList();
        return [.. (data.Count == 0 ? [text] : data).Select(one => JsonNode.Parse(one)!)];
    }

    public void Dispose() => _http.Dispose();
}
