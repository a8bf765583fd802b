using System.Text.Json;
using Outrider.Tests.Boundary.Rest.Alerts;

namespace Outrider.Tests.Boundary.Rest.Tasks;

/// <summary>Reads a task's server-sent events, one after the other.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, Stream body) => (_response, _lines) = (response, new StreamReader(body));

    public int Status => (int)_response.StatusCode;

    /// <summary>The id of the last event that had one.</summary>
    public string? LastId { get; private set; }

    public static async Task<EventReader> OpenAsync(HttpClient client, string task, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1/tasks/{task}/logs/stream", UriKind.Relative));
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(s_patience);
        return new EventReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event in short: its type, and the message or status; null: the stream has ended.</summary>
    public async Task<string?> NextAsync()
    {
        string? type = null;
        JsonElement data = default;
        while (await LineAsync() is { } line)
        {
            if (line.Length == 0 && type is not null)
                return $"{type} {data.Text(type is "state" or "end" ? "status" : "message")}";
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                LastId = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = JsonSerializer.Deserialize<JsonElement>(line[6..]);
        }
        return null;
    }

    /// <summary>The next events.</summary>
    public async Task<List<string?>> NextAsync(int count)
    {
        var events = new List<string?>();
        while (events.Count < count)
            events.Add(await NextAsync());
        return events;
    }

    /// <summary>The next comment.</summary>
    public async Task<string?> CommentAsync()
    {
        while (await LineAsync() is { } line)
        {
            if (line.StartsWith(':'))
                return line;
        }
        return null;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }

    private Task<string?> LineAsync() => _lines.ReadLineAsync().WaitAsync(s_patience);
}
