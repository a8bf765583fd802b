using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Outrider.Testing.Processes;

namespace Outrider.Testing.Alerts;

/// <summary>What webhooks are sent to: remembers what it was told, once it takes anything.</summary>
public sealed class AlertReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<JsonElement> _told = new();
    private readonly Task _serving;

    public AlertReceiver()
    {
        Url = new Uri($"http://127.0.0.1:{FreePort.Next()}/hook");
        _listener.Prefixes.Add(new Uri(Url, "/").ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>Answers 503 and takes nothing.</summary>
    public bool Refuses { get; set; }

    /// <summary>Alerts as they came, in order: repeats of a notification too.</summary>
    public IReadOnlyCollection<JsonElement> Told => _told;

    /// <summary>The ids of what was told of this kind, each once.</summary>
    public List<string> Ids(string kind) =>
        [.. _told.Where(one => one.GetProperty("kind").GetString() == kind).Select(one => one.GetProperty("id").GetString()!).Distinct()];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
                foreach (var alert in Refuses ? default : body.RootElement.GetProperty("alerts").Clone().EnumerateArray())
                    _told.Enqueue(alert);
                context.Response.StatusCode = Refuses ? 503 : 200;
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed; or the centre was killed while it told, and the test ends with that.
        }
    }
}
