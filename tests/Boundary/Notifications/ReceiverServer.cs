using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Notifications;

/// <summary>A receiver on real Kestrel that answers as a test tells it to.</summary>
internal sealed class ReceiverServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ReceiverServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>What came: path and query, headers, body.</summary>
    public ConcurrentQueue<(string Target, IHeaderDictionary Headers, JsonElement Body)> Requests { get; } = new();

    /// <summary>"request" for each one that came, before it is answered.</summary>
    public EventLog Log { get; } = new();

    public static async Task<ReceiverServer> StartAsync(Func<HttpContext, Task>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ReceiverServer(app);
        server.Answer = answer ?? server.Answer;
        app.Run(server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Answers with this status and body.</summary>
    public static Func<HttpContext, Task> With(int status, string body = "") => context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    };

    /// <summary>Begins an answer and breaks the connection in the middle of it.</summary>
    public static async Task BreakAsync(HttpContext context)
    {
        context.Response.ContentLength = 1_000;
        await context.Response.WriteAsync("{\"errcode\":");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>Never answers, until the caller is gone.</summary>
    public static Task StallAsync(HttpContext context) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

    /// <summary>Begins an answer and never ends it.</summary>
    public static async Task StallInBodyAsync(HttpContext context)
    {
        await context.Response.WriteAsync("{");
        await context.Response.Body.FlushAsync();
        await StallAsync(context);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Requests.Enqueue(($"{context.Request.Path}{context.Request.QueryString}", new HeaderDictionary(context.Request.Headers.ToDictionary()), body.RootElement.Clone()));
        Log.Record("request");
        await Answer(context);
    }
}
