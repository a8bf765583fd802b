using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Outrider.Agent.Collectors;
using Outrider.Agent.Collectors.Scraping;
using Outrider.Agent.Logging;
using Outrider.Testing.Processes;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Agent;

public sealed class ScrapeCollectorTests : IAsyncLifetime
{
    private readonly FakeTime _time = new();
    private readonly StringWriter _log = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication _server = null!;
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapGet("/metrics", context => _answer(context));
        await _server.StartAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Collect_EndpointAnswers_TellsItsSamples()
    {
        _answer = context => context.Request.Headers.Authorization == "Bearer t" ? context.Response.WriteAsync("up_since 5\nq{a=\"1\"} 2\n") : Task.CompletedTask;
        Assert.Equal(
            ["scrape_up{endpoint=\"fe1\"}=1", "scrape_duration_seconds{endpoint=\"fe1\"}=0", "scrape_samples{endpoint=\"fe1\"}=2", "up_since{endpoint=\"fe1\"}=5", "q{a=\"1\",endpoint=\"fe1\"}=2"],
            await RunAsync(Target() with { Authorization = "Bearer t" }));
    }

    [Fact]
    public async Task Collect_NobodyListens_IsDownAndToldOnce()
    {
        using var collector = Collector(Target() with { Url = $"http://127.0.0.1:{FreePort.Next()}/metrics" });
        for (var run = 0; run < 2; run++)
            Assert.Equal("scrape_up{endpoint=\"fe1\"}=0", (await RunAsync(collector))[0]);
        Assert.Single(_log.ToString().Split('\n'), line => line.Contains("warn"));
    }

    [Fact]
    public async Task Collect_ErrorStatus_IsDown()
    {
        _answer = context =>
        {
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync("x 1\n");
        };
        Assert.Equal("scrape_up{endpoint=\"fe1\"}=0", (await RunAsync(Target()))[0]);
        Assert.Contains("HTTP 503", _log.ToString());
    }

    [Fact]
    public async Task Collect_AnswerBreaksOff_TellsNoneOfIt()
    {
        _answer = async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("x 1\n");
            context.Abort();
        };
        Assert.Equal(2, (await RunAsync(Target())).Count);
    }

    [Fact]
    public async Task Collect_EndpointHangs_IsGivenUpInTime()
    {
        _answer = async context =>
        {
            _asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        };
        var collector = Collector(Target());
        var running = RunAsync(collector);
        await _asked.Task;
        _time.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(["scrape_up{endpoint=\"fe1\"}=0", "scrape_duration_seconds{endpoint=\"fe1\"}=8"], await running);
    }

    private ScrapeTarget Target() => new("fe1", _server.Urls.Single() + "/metrics");

    private ScrapeCollector Collector(ScrapeTarget target) => new(target, new AgentLog(_log, _time), _time);

    private async Task<List<string>> RunAsync(ScrapeTarget target)
    {
        using var collector = Collector(target);
        return await RunAsync(collector);
    }

    private static async Task<List<string>> RunAsync(ScrapeCollector collector)
    {
        var readings = new Readings();
        await collector.CollectAsync(readings, CancellationToken.None);
        return [.. readings.Values.Select(one => $"{one.Series}={one.Value}")];
    }
}
