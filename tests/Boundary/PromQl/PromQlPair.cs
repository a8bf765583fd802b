using Microsoft.Extensions.DependencyInjection;
using Outrider.Grains.Metrics;
using Outrider.Grains.Tenancy;
using Outrider.Testing.Centre;
using Outrider.Testing.Prometheus;
using Outrider.Testing.Time;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.PromQl;

/// <summary>A centre and a Prometheus with the same data.</summary>
public sealed class PromQlPair : IAsyncLifetime
{
    private TestCentre _centre = null!;
    private PrometheusServer _prometheus = null!;

    /// <summary>The centre's API, as a viewer of tenant acme.</summary>
    internal QueryClient Ours { get; private set; } = null!;

    /// <summary>Prometheus' API.</summary>
    internal QueryClient Theirs { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var data = PromQlData.Create();
        var starting = PrometheusServer.StartAsync(PromQlData.OpenMetrics(data));
        _centre = await TestCentre.StartAsync(options => options with { Time = new FakeTime(PromQlData.Now) });
        await _centre.CreateTenantAsync("acme");
        var store = _centre.App.Services.GetRequiredService<IMetricStore>();
        foreach (var (agent, series) in data)
        {
            var append = await store.AppendAsync("acme", agent, MetricStoreFixture.Batch(1, [.. series]), default);
            Assert.Equal(series.Sum(one => one.Samples.Count), append.Value!.Samples);
        }
        Ours = new QueryClient(_centre.Client(await _centre.CreateKeyAsync("acme", Role.Viewer)), "/prometheus");
        _prometheus = await starting;
        Theirs = new QueryClient(new HttpClient { BaseAddress = _prometheus.Url }, "");
    }

    public async Task DisposeAsync()
    {
        await _centre.DisposeAsync();
        await _prometheus.DisposeAsync();
    }
}
