using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Outrider.Agent.Collectors;
using Outrider.Agent.Collectors.Containers;
using Outrider.Testing.Time;

namespace Outrider.Tests.Boundary.Agent;

/// <summary>Against a real HTTP server on a Unix socket that answers as a Docker daemon.</summary>
public sealed class ContainerCollectorTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-docker-").FullName;
    private readonly FakeTime _time = new();
    private readonly Dictionary<string, long> _cpuNs = new() { ["aa"] = 1_000_000_000, ["bb"] = 5_000_000_000 };
    private readonly EventLog _asked = new();
    private readonly TaskCompletionSource _never = new();
    private WebApplication _docker = null!;
    private string _hangs = "";

    private string SocketPath => Path.Combine(_folder, "docker.sock");

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(SocketPath));
        _docker = builder.Build();
        _docker.MapGet("/containers/json", () => Results.Content(
            """[{"Id":"aa","Names":["/web","/other"],"Image":"nginx:1"},{"Id":"bb","Names":[],"Image":""},{"Id":"gone","Names":["/gone"],"Image":"x"}]"""));
        _docker.MapGet("/containers/{id}/stats", async (string id, HttpContext context) =>
        {
            _asked.Record(id);
            if (id == _hangs)
                await _never.Task.WaitAsync(context.RequestAborted);
            return _cpuNs.TryGetValue(id, out var cpu)
                ? Results.Content("""{"cpu_stats":{"cpu_usage":{"total_usage":""" + cpu + """}},"memory_stats":{"usage":1000,"limit":4000},"networks":{"eth0":{"rx_bytes":1},"net1":{"rx_bytes":2}}}""")
                : Results.NotFound();
        });
        await _docker.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _docker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Collect_TwoRuns_TellsCpuOfTheTimeBetween()
    {
        using var collector = new ContainerCollector(SocketPath, _time);
        Assert.DoesNotContain(await RunAsync(collector), line => line.StartsWith("container_cpu_percent"));
        _time.Advance(TimeSpan.FromSeconds(10));
        _cpuNs["aa"] += 15_000_000_000;
        _cpuNs["bb"] = 1;
        var told = await RunAsync(collector);
        Assert.Contains("container_cpu_percent{container=\"web\",image=\"nginx:1\"}=150", told);
        Assert.Contains("container_network_received_bytes_total{container=\"web\",image=\"nginx:1\"}=3", told);
        Assert.Contains("container_memory_percent{container=\"bb\"}=25", told);
        // Started anew: its CPU of the time between is unknown.
        Assert.DoesNotContain(told, line => line.StartsWith("container_cpu_percent{container=\"bb\""));
        Assert.DoesNotContain(told, line => line.Contains("gone"));
    }

    [Fact]
    public async Task Collect_OneContainerHangs_TheOthersAreTold()
    {
        _hangs = "aa";
        var collector = new ContainerCollector(SocketPath, _time);
        var running = RunAsync(collector);
        await _asked.UntilAsync("aa");
        await _asked.UntilAsync("bb");
        await _asked.UntilAsync("gone");
        await UntilOneWaitsAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        var told = await running;
        Assert.Contains("container_memory_bytes{container=\"bb\"}=1000", told);
        Assert.DoesNotContain(told, line => line.Contains("web"));
    }

    [Fact]
    public async Task Collect_NoDaemon_Fails()
    {
        using var collector = new ContainerCollector(Path.Combine(_folder, "none.sock"), _time);
        await Assert.ThrowsAsync<HttpRequestException>(() => RunAsync(collector));
    }

    /// <summary>The others have their answers once their time limits are gone.</summary>
    private async Task UntilOneWaitsAsync()
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (_time.WaitingTimers > 1)
            await pause.WaitForNextTickAsync();
    }

    private static async Task<List<string>> RunAsync(ContainerCollector collector)
    {
        var readings = new Readings();
        await collector.CollectAsync(readings, CancellationToken.None);
        return [.. readings.Values.Select(one => $"{one.Series}={one.Value}")];
    }
}
