using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Outrider.Grains.Metrics;
using Outrider.Protocol.Metrics;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Rest.Metrics;

/// <summary>How long metrics are kept, what there is of them, and how they go.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private readonly MetricsCentre _centre = new();

    public Task InitializeAsync() => _centre.InitializeAsync();

    public Task DisposeAsync() => _centre.DisposeAsync();

    [Fact]
    public async Task Policy_Replaced_IsInForceAndAudited()
    {
        Assert.Equal(24, (await _centre.GetAsync("/metrics/policy")).GetProperty("raw_hours").GetInt32());
        using var put = await _centre.Admin.PutAsJsonAsync(TestCentre.Path("/metrics/policy"), new { raw_hours = 48, two_hour_days = 30 });
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);

        var policy = (await _centre.GetAsync("/metrics/policy")).Deserialize<MetricPolicy>(TestCentre.Json);
        Assert.Equal(new MetricPolicy(RawHours: 48, TwoHourDays: 30), policy);
        using var audit = JsonDocument.Parse(await _centre.Admin.GetStringAsync(TestCentre.Path("/audit")));
        var entry = audit.RootElement.GetProperty("entries")[0];
        Assert.Equal(("metrics.policy", "ok"), (entry.GetProperty("action").GetString(), entry.GetProperty("outcome").GetString()));
        // What isn't kept can't be asked for.
        var problem = await MetricsCentre.ProblemAsync(_centre.Viewer, $"/agents/db1/metrics/range?metric={MetricsCentre.Cpu}&period=31d");
        Assert.Contains("30 days", problem.Detail);
    }

    [Theory]
    [InlineData("""{"raw_hours":1}""", "raw_hours")]
    [InlineData("""{"minute_days":40}""", "five_minute_days")]
    [InlineData("""{"max_series":0}""", "max_series")]
    [InlineData("""{"max_serie":5}""", "max_serie")]
    [InlineData("""{"raw_hours":"24"}""", "raw_hours")]
    public async Task Policy_ThatCantBe_IsRefused(string body, string says)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var put = await _centre.Admin.PutAsync(TestCentre.Path("/metrics/policy"), content);
        Assert.Equal(HttpStatusCode.BadRequest, put.StatusCode);
        Assert.Contains(says, await put.Content.ReadAsStringAsync());
        Assert.Equal(new MetricPolicy(), (await _centre.GetAsync("/metrics/policy")).Deserialize<MetricPolicy>(TestCentre.Json));
    }

    [Fact]
    public async Task Usage_OfATenant_CountsItsOwn()
    {
        var usage = (await _centre.GetAsync("/metrics/usage")).Deserialize<MetricUsage>(TestCentre.Json)!;
        Assert.Equal((2, 6, 1_380 + 4 * 1_440 + 60), (usage.Agents, usage.Series, usage.Stored));
        Assert.Equal(new MetricPolicy(), usage.Policy);
    }

    [Fact]
    public async Task Revoke_Alone_KeepsMetricsAndWithDeleteRemovesThem()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await _centre.Admin.DeleteAsync(TestCentre.Path("/agents/db2"))).StatusCode);
        Assert.Single(await FindAsync("db2"));
        Assert.Equal(HttpStatusCode.NoContent, (await _centre.Admin.DeleteAsync(TestCentre.Path("/agents/db2/metrics"))).StatusCode);
        Assert.Empty(await FindAsync("db2"));

        Assert.Equal(HttpStatusCode.BadRequest, (await _centre.Admin.DeleteAsync(TestCentre.Path("/agents/db1?metrics=maybe"))).StatusCode);
        Assert.Equal(5, (await FindAsync("db1")).Count);
        Assert.Equal(HttpStatusCode.NoContent, (await _centre.Admin.DeleteAsync(TestCentre.Path("/agents/db1?metrics=delete"))).StatusCode);
        Assert.Empty(await FindAsync("db1"));
        Assert.Equal(HttpStatusCode.NotFound, (await _centre.Stranger.DeleteAsync(TestCentre.Path("/agents/db1?metrics=delete"))).StatusCode);
        using var audit = JsonDocument.Parse(await _centre.Admin.GetStringAsync(TestCentre.Path("/audit")));
        Assert.Contains(audit.RootElement.GetProperty("entries").EnumerateArray(), entry => entry.GetProperty("action").GetString() == "metrics.delete");
    }

    [Fact]
    public async Task Delete_ByAnotherTenant_RemovesNothing()
    {
        await _centre.Stranger.DeleteAsync(TestCentre.Path("/agents/db1/metrics"));
        Assert.Equal(5, (await FindAsync("db1")).Count);
    }

    private async Task<List<StoredSeries>> FindAsync(string agent) =>
        (await _centre.Store.FindAsync("acme", new SeriesSelector(new LabelMatcher(MetricNames.AgentLabel, MatchOperator.Equal, agent)), 100, default)).Value!;
}
