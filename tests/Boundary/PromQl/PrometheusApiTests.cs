using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Grains.Metrics;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Metrics;
using Outrider.Testing.Centre;
using Outrider.Testing.Time;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.PromQl;

/// <summary>What a Prometheus can't show: tenants, limits, and what Grafana asks beside queries.</summary>
public sealed class PrometheusApiTests : IAsyncLifetime
{
    private TestCentre _centre = null!;
    private QueryClient _acme = null!;

    public async Task InitializeAsync()
    {
        _centre = await TestCentre.StartAsync(options => options with { Time = new FakeTime(PromQlData.Now) });
        _acme = await TenantAsync("acme", 1);
    }

    public async Task DisposeAsync() => await _centre.DisposeAsync();

    [Fact]
    public async Task Query_WithoutTime_IsOfNowAndOfTheCallersTenantOnly()
    {
        var evil = await TenantAsync("evil", 2);

        Assert.Contains("\"1\"]", (await _acme.GetAsync("/query?query=sum(m0)")).Body);
        Assert.Contains("\"2\"]", (await evil.GetAsync("/query?query=sum(m0)")).Body);
    }

    [Fact]
    public async Task Query_NotSupported_Is400AndSaysWhat()
    {
        var (status, body) = await _acme.GetAsync("/query?query=deriv(m0[5m])");

        Assert.Equal(400, status);
        Assert.Equal(
            """{"status":"error","errorType":"bad_data","error":"The function 'deriv', at character 1, is not supported. docs/promql.md lists what is."}""", body);
    }

    [Fact]
    public async Task Query_TooManyValues_IsRefusedBeforeAnythingIsRead()
    {
        var (status, body) = await _acme.GetAsync("/query_range?query={agent=~\".%2B\"}&start=0&end=11000&step=1");

        Assert.Equal(422, status);
        Assert.Contains("\"execution\"", body);
        Assert.Contains("larger step", body);
    }

    [Fact]
    public async Task Query_OutOfTime_Is503()
    {
        var (status, body) = await _acme.GetAsync("/query?query=m0&timeout=0");

        Assert.Equal(503, status);
        Assert.Contains("\"timeout\"", body);
    }

    [Fact]
    public async Task BuildInfoAndMetadata_AreWhatGrafanaReads()
    {
        using var build = JsonDocument.Parse((await _acme.GetAsync("/status/buildinfo")).Body);
        using var all = JsonDocument.Parse((await _acme.GetAsync("/metadata")).Body);
        using var one = JsonDocument.Parse((await _acme.GetAsync("/metadata?metric=host_disk_reads_total")).Body);

        Assert.Equal("Outrider", build.RootElement.GetProperty("data").GetProperty("application").GetString());
        Assert.Equal(MetricCatalog.All.Count, all.RootElement.GetProperty("data").EnumerateObject().Count());
        Assert.Equal("counter", one.RootElement.GetProperty("data").GetProperty("host_disk_reads_total")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Form_WithTooManyFields_Is400()
    {
        var (status, _) = await _acme.PostAsync("/series", [.. Enumerable.Range(0, 5_000).Select(i => ("match[]", $"m{i}"))]);

        Assert.Equal(400, status);
    }

    /// <summary>A tenant whose agent has metrics m0 to m999 of this value.</summary>
    private async Task<QueryClient> TenantAsync(string tenant, double value)
    {
        await _centre.CreateTenantAsync(tenant);
        var sample = new Sample(PromQlData.Now.ToUnixTimeMilliseconds() - 1_000, value);
        var batch = MetricStoreFixture.Batch(1, [.. Enumerable.Range(0, 1_000).Select(i => MetricStoreFixture.Of($"m{i}", sample))]);
        Assert.True((await _centre.App.Services.GetRequiredService<IMetricStore>().AppendAsync(tenant, "prod-1", batch, default)).Ok);
        return new QueryClient(_centre.Client(await _centre.CreateKeyAsync(tenant, Role.Viewer)), "/prometheus");
    }
}
