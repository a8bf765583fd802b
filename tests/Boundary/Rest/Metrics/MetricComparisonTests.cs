using System.Text.Json;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Boundary.Rest.Metrics;

/// <summary>Agents and periods side by side, and the older paths.</summary>
public sealed class MetricComparisonTests(MetricsCentre centre) : IClassFixture<MetricsCentre>
{
    [Fact]
    public async Task Compare_Agents_HasEachWithItsSummary()
    {
        var compared = await centre.GetAsync($"/metrics/compare?metric={MetricsCentre.Cpu}&agents=db*&period=24h");
        var series = compared.GetProperty("series").EnumerateArray().ToList();

        Assert.Equal(["db1", "db2"], compared.GetProperty("agents").EnumerateArray().Select(agent => agent.GetString()));
        Assert.Equal(["db1", "db2"], series.Select(one => one.GetProperty("agent").GetString()));
        Assert.Equal(288, compared.GetProperty("periods")[0].GetProperty("times").GetArrayLength());
        Assert.All(series, one => Assert.Equal(288, one.GetProperty("values").GetArrayLength()));
        Assert.Equal((10, 10, "steady"), (
            series[1].GetProperty("summary").GetProperty("average").GetDouble(), series[1].GetProperty("summary").GetProperty("peak").GetDouble(),
            series[1].GetProperty("summary").GetProperty("trend").GetProperty("trend").GetString()));
    }

    [Fact]
    public async Task Compare_AllAgents_NamesThoseWithoutData()
    {
        var compared = await centre.GetAsync($"/metrics/compare?metric={MetricsCentre.Cpu}");
        Assert.Equal(["db1", "db2", "idle"], compared.GetProperty("agents").EnumerateArray().Select(agent => agent.GetString()));
        Assert.Equal(2, compared.GetProperty("series").GetArrayLength());
    }

    [Fact]
    public async Task Compare_PeriodWithTheOneBefore_SaysHowItChanged()
    {
        var compared = await centre.GetAsync($"/metrics/compare?metric={MetricsCentre.Cpu}&agents=db1&period=6h&previous=2&to=2026-01-31T03:00:00Z");
        var periods = compared.GetProperty("periods").EnumerateArray().Select(period => period.GetProperty("from").GetDateTimeOffset().Hour);
        var series = compared.GetProperty("series").EnumerateArray().ToList();

        Assert.Equal([9, 15, 21], periods);
        // 3 h of 20 of which the store has all, then 6 h of 20, then 3 h of 20 and 3 h of 40.
        Assert.Equal([20, 20, 30], series.Select(one => one.GetProperty("summary").GetProperty("average").GetDouble()));
        Assert.Equal(JsonValueKind.Null, series[0].GetProperty("change").ValueKind);
        Assert.Equal("steady", series[1].GetProperty("change").GetProperty("trend").GetString());
        Assert.Equal(("rising", 50), (
            series[2].GetProperty("change").GetProperty("trend").GetString(), series[2].GetProperty("change").GetProperty("percent").GetDouble()));
    }

    [Fact]
    public async Task Compare_ExplicitPeriods_AreOldestFirst()
    {
        var compared = await centre.GetAsync(
            $"/metrics/compare?metric={MetricsCentre.Cpu}&agents=db1&periods=2026-01-31T08:00:00Z/2026-01-31T10:00:00Z&periods=2026-01-30T20:00:00Z/2026-01-30T22:00:00Z");
        Assert.Equal([20, 40], compared.GetProperty("series").EnumerateArray().Select(one => one.GetProperty("summary").GetProperty("average").GetDouble()));
    }

    [Fact]
    public async Task Compare_PeriodWithoutData_IsThereWithoutSummary()
    {
        var compared = await centre.GetAsync($"/metrics/compare?metric={MetricsCentre.Cpu}&agents=db2&period=24h&previous=1");
        var before = compared.GetProperty("series")[0];
        Assert.Equal(JsonValueKind.Null, before.GetProperty("summary").ValueKind);
        Assert.All(before.GetProperty("values").EnumerateArray(), value => Assert.Equal(JsonValueKind.Null, value.ValueKind));
        Assert.Equal(JsonValueKind.Null, compared.GetProperty("series")[1].GetProperty("change").ValueKind);
    }

    [Theory]
    [InlineData("", 400, ProblemCodes.InvalidArgument, "metric")]
    [InlineData("metric=host_load1&agents=nobody", 404, ProblemCodes.AgentNotFound, "nobody")]
    [InlineData("metric=host_load1&agents=db9", 404, ProblemCodes.AgentNotFound, "db9")]
    [InlineData("metric=secret_metric", 404, ProblemCodes.MetricNotFound, "secret_metric")]
    [InlineData("metric=host_load1&previous=12", 400, ProblemCodes.InvalidArgument, "previous")]
    [InlineData("metric=host_load1&previous=-1", 400, ProblemCodes.InvalidArgument, "previous")]
    [InlineData("metric=host_load1&periods=today", 400, ProblemCodes.InvalidArgument, "periods")]
    [InlineData("metric=host_load1&period=1h&periods=2026-01-31T08:00:00Z/2026-01-31T10:00:00Z", 400, ProblemCodes.InvalidArgument, "not both")]
    [InlineData("metric=host_load1&period=366d", 400, ProblemCodes.InvalidArgument, "365")]
    public async Task Compare_ThatCantBe_SaysWhat(string query, int status, string code, string says)
    {
        var problem = await MetricsCentre.ProblemAsync(centre.Viewer, $"/metrics/compare?{query}");
        Assert.Equal((status, code), (problem.Status, problem.Code));
        Assert.Contains(says, problem.Detail);
    }

    [Fact]
    public async Task Compare_ByAnotherTenant_HasItsOwnOnly()
    {
        using var response = await centre.Stranger.GetAsync(TestCentre.Path($"/metrics/compare?metric={MetricsCentre.Cpu}&agents=db*"));
        using var compared = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("db9", Assert.Single(compared.RootElement.GetProperty("agents").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Compare_MoreThanTwentyAgents_AsksForFewer()
    {
        for (var i = 0; i < 20; i++)
            await centre.ConnectAsync("globex", $"web-{i}");
        var problem = await MetricsCentre.ProblemAsync(centre.Stranger, $"/metrics/compare?metric={MetricsCentre.Cpu}");
        Assert.Equal((400, true), (problem.Status, problem.Detail.Contains("21 agents", StringComparison.Ordinal)));
        using var response = await centre.Stranger.GetAsync(TestCentre.Path($"/metrics/compare?metric={MetricsCentre.Cpu}&agents=web-*"));
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task OldPaths_ServersStatsAndCompare_AreTheSameUnderOtherNames()
    {
        var servers = (await centre.GetAsync("/servers?limit=1"));
        var server = servers.GetProperty("servers")[0];
        Assert.Equal(("db1", "0.1.0", "db1"), (
            server.GetProperty("name").GetString(), server.GetProperty("system_info").GetProperty("agent_version").GetString(), servers.GetProperty("next").GetString()));
        Assert.True(server.TryGetProperty("last_heartbeat", out _) && server.TryGetProperty("status", out _));

        var stats = await centre.GetAsync("/servers/db1/stats?period=24h");
        Assert.Equal(99, stats.GetProperty("cpu").GetProperty("series")[0].GetProperty("summary").GetProperty("peak").GetDouble());
        Assert.Equal((0, 2), (stats.GetProperty("memory").GetProperty("series").GetArrayLength(), stats.GetProperty("disk").GetProperty("series").GetArrayLength()));

        var compared = await centre.GetAsync("/stats/compare?server_names[]=db1&server_names[]=db2&metric=cpu&period=24h");
        Assert.Equal((MetricsCentre.Cpu, 2), (compared.GetProperty("metric").GetString(), compared.GetProperty("series").GetArrayLength()));
        Assert.Equal(404, (await MetricsCentre.ProblemAsync(centre.Viewer, "/servers/*/stats")).Status);
        Assert.Equal(400, (await MetricsCentre.ProblemAsync(centre.Viewer, "/servers/db1/stats?period=month")).Status);
    }
}
