using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Api.Telemetry;
using Outrider.Grains.Metrics;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Metrics;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Rest;

public sealed class MetricsTests : IAsyncLifetime
{
    private TestCentre _centre = null!;

    public async Task InitializeAsync() => _centre = await TestCentre.StartAsync();

    public async Task DisposeAsync() => await _centre.DisposeAsync();

    [Fact]
    public async Task Page_AfterRequests_CountsThemByRouteAndCode()
    {
        await _centre.CreateTenantAsync("acme");
        using var client = _centre.Client(await _centre.CreateKeyAsync("acme", Role.Viewer));
        for (var i = 0; i < 3; i++)
            (await client.GetAsync(TestCentre.Path($"/agents/a{i}"))).Dispose();
        (await client.GetAsync(new Uri("/made/up", UriKind.Relative))).Dispose();
        var page = await ScrapeAsync();

        const string Count = "outrider_http_request_duration_seconds_count";
        Assert.Equal("histogram", page.Types["outrider_http_request_duration_seconds"]);
        Assert.Equal(3, page.Samples[Count + """{method="GET",route="/api/v1/agents/{agent}",code="404"}"""]);
        Assert.Equal(1, page.Samples[Count + """{method="GET",route="none",code="404"}"""]);
        Assert.Equal(3, page.Samples[
            """outrider_http_request_duration_seconds_bucket{method="GET",route="/api/v1/agents/{agent}",code="404",le="+Inf"}"""]);
        Assert.True(page.Samples["outrider_grains_active"] >= 1);
        Assert.True(page.Samples["""dotnet_process_cpu_time_seconds_total{cpu_mode="user"}"""] > 0);
        Assert.True(page.Samples["dotnet_process_memory_working_set_bytes"] > 1e6);
        Assert.Contains(page.Samples.Keys, key => key.StartsWith("dotnet_gc_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_OfTheMetricStore_CountsWhatItTookAndWhatWasLeftOut()
    {
        var store = _centre.App.Services.GetRequiredService<IMetricStore>();
        await store.SetPolicyAsync("acme", new MetricPolicy(MaxSeries: 2), default);
        var sample = new Sample(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), 1);
        var batch = MetricBatchCodec.Encode(new MetricBatch("b1", 1, [.. "xyz".Select(c => new SeriesSamples(new Series($"{c}"), [sample]))], null)).Value;
        Assert.True((await store.AppendAsync("acme", "a", batch, default)).Ok);
        var page = await ScrapeAsync();

        Assert.Equal(1, page.Samples["outrider_metrics_agents"]);
        Assert.Equal(2, page.Samples["outrider_metrics_series"]);
        Assert.Equal(2, page.Samples["outrider_metrics_samples_total"]);
        Assert.Equal(1, page.Samples["""outrider_metrics_samples_refused_total{reason="series_limit"}"""]);
        Assert.Equal(0, page.Samples["outrider_metrics_maintenance_failing"]);
    }

    [Fact]
    public async Task Page_NeverShowsTenantsAgentsOrKeys()
    {
        await _centre.CreateTenantAsync("very-private-tenant");
        using var client = _centre.Client(await _centre.CreateKeyAsync("very-private-tenant", Role.Viewer));
        (await client.GetAsync(TestCentre.Path("/agents/very-private-agent"))).Dispose();
        using var anybody = _centre.Client(null);

        Assert.DoesNotContain("very-private", await anybody.GetStringAsync(new Uri("/metrics", UriKind.Relative)));
    }

    [Fact]
    public async Task Page_EndlessLabels_AreCutOff()
    {
        var counter = _centre.App.Services.GetRequiredService<IMeterFactory>().Create("Outrider.Test").CreateCounter<long>("outrider.test.things");
        for (var i = 0; i < 1000; i++)
            counter.Add(1, new KeyValuePair<string, object?>("who", $"a\"b\\c\n{i}"));
        var page = await ScrapeAsync();

        var series = page.Samples.Where(sample => sample.Key.StartsWith("outrider_test_things_total", StringComparison.Ordinal)).ToList();
        Assert.InRange(series.Count, 100, 201);
        Assert.Equal(1000, series.Sum(sample => sample.Value));
    }

    [Fact]
    public async Task Page_ObservedSeriesThatEnds_IsGone()
    {
        var here = true;
        _centre.App.Services.GetRequiredService<IMeterFactory>().Create("Outrider.Test").CreateObservableGauge(
            "outrider.test.state", () => here ? [new Measurement<int>(7, new KeyValuePair<string, object?>("x", "y"))] : Array.Empty<Measurement<int>>());
        Assert.Equal(7, (await ScrapeAsync()).Samples["""outrider_test_state{x="y"}"""]);
        here = false;

        Assert.DoesNotContain((await ScrapeAsync()).Samples.Keys, key => key.StartsWith("outrider_test_state", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("outrider.http.request.duration", "s", false, "outrider_http_request_duration_seconds")]
    [InlineData("outrider.gateway.bytes", "By", true, "outrider_gateway_bytes_total")]
    [InlineData("outrider.gateway.frames", "{frame}", true, "outrider_gateway_frames_total")]
    [InlineData("dotnet.process.memory.working_set", "By", false, "dotnet_process_memory_working_set_bytes")]
    public void NameOf_Instrument_FollowsTheConventions(string instrument, string unit, bool isCounter, string name) =>
        Assert.Equal(name, Prometheus.NameOf(instrument, unit, isCounter));

    private async Task<PrometheusText> ScrapeAsync()
    {
        using var client = _centre.Client(null);
        using var response = await client.GetAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Prometheus.ContentType, response.Content.Headers.ContentType!.ToString());
        return PrometheusText.Parse(await response.Content.ReadAsStringAsync());
    }
}
