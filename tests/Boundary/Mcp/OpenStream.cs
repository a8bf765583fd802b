using System.Text.Json.Nodes;

namespace Outrider.Tests.Boundary.Mcp;

/// <summary>An event stream of the older transport, past its first event.</summary>
internal sealed class OpenStream : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private OpenStream(HttpResponseMessage response, StreamReader reader)
    {
        _response = response;
        _reader = reader;
    }

    /// <summary>Where to post, as the first event says.</summary>
    public string Endpoint { get; private set; } = "";

    public static async Task<OpenStream> OpenAsync(McpRaw client)
    {
        var response = await client.SendAsync(HttpMethod.Get, "/sse");
        response.EnsureSuccessStatusCode();
        var stream = new OpenStream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        Assert.Equal("event: endpoint", await stream.LineAsync());
        stream.Endpoint = (await stream.LineAsync())["data: ".Length..];
        Assert.Equal("", await stream.LineAsync());
        return stream;
    }

    public async Task<string> LineAsync() => await _reader.ReadLineAsync() ?? throw new EndOfStreamException();

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
        _reader.Dispose();
        _response.Dispose();
    }
}
