using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Outrider.Tests.Cluster.Process;

/// <summary>Takes what a process sends by OTLP over HTTP. Names stand as plain text in the messages, so they are looked for as such.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Text)> _messages = new();

    private OtlpCollector(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new OtlpCollector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>All that came for a signal.</summary>
    /// <param name="signal">metrics or traces.</param>
    public string Of(string signal) => string.Concat(_messages.Where(message => message.Path == $"/v1/{signal}").Select(message => message.Text));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        _messages.Enqueue((http.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        // An empty response message says that all was taken.
        http.Response.ContentType = "application/x-protobuf";
    }
}
