using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Outrider.Bench.Alerts;

/// <summary>
/// Receives what is told: as an Outrider webhook and as vmalert's Alertmanager. Measures from when a sample was sent until its alert arrives,
/// and counts what nobody had asked for.
/// </summary>
internal sealed class Receiver(Action<double> told) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, long> _expected = new();
    private readonly WebApplication _app = Create();
    private int _unexpected;

    /// <summary>Alerts that were to come and did not yet.</summary>
    public int Missing => _expected.Count;

    /// <summary>Alerts of which no sample was high.</summary>
    public int Unexpected => _unexpected;

    public Uri Url => new(_app.Urls.Single());

    /// <summary>A sample that must fire is being sent now.</summary>
    public void Expect(string agent, string metric) => _expected[$"{agent} {metric}"] = Stopwatch.GetTimestamp();

    public async Task StartAsync()
    {
        _app.MapPost("/hook", async (HttpRequest request) => await TakeAsync(request, root => root.GetProperty("alerts").EnumerateArray()
            .Where(alert => alert.GetProperty("state").GetString() == "firing")
            .Select(alert => (alert.GetProperty("agent").GetString()!, alert.GetProperty("metric").GetString()!))));
        _app.MapPost("/api/v2/alerts", async (HttpRequest request) => await TakeAsync(request, root => root.EnumerateArray()
            .Where(alert => alert.GetProperty("endsAt").GetDateTimeOffset() > DateTimeOffset.UtcNow)
            .Select(alert => alert.GetProperty("labels")).Select(labels => (labels.GetProperty("agent").GetString()!, labels.GetProperty("alertname").GetString()!))));
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static WebApplication Create()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private async Task<IResult> TakeAsync(HttpRequest request, Func<JsonElement, IEnumerable<(string Agent, string Metric)>> read)
    {
        using var body = await JsonDocument.ParseAsync(request.Body);
        var now = Stopwatch.GetTimestamp();
        foreach (var (agent, metric) in read(body.RootElement).ToList())
        {
            if (_expected.TryRemove($"{agent} {metric}", out var sentAt))
                told(Stopwatch.GetElapsedTime(sentAt, now).TotalMilliseconds);
            else
                Interlocked.Increment(ref _unexpected);
        }
        return Results.Ok();
    }
}
