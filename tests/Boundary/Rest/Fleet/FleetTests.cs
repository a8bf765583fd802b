using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Outrider.Api.Operations.Fleet;
using Outrider.Grains.Alerts;
using Outrider.Grains.Fleet;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Alerts;
using Outrider.Testing.Centre;
using Outrider.Testing.Time;
using Outrider.Tests.Boundary.Rest.Metrics;

namespace Outrider.Tests.Boundary.Rest.Fleet;

/// <summary>The fleet of a real centre whose clock stands still, with agents that post.</summary>
public sealed class FleetTests : IAsyncLifetime
{
    private readonly FakeTime _time = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));
    private TestCentre _centre = null!;
    private HttpClient _viewer = null!;
    private HttpClient _stranger = null!;
    private PostingAgent _web = null!;

    public async Task InitializeAsync()
    {
        _centre = await TestCentre.StartAsync(options => options with { Time = _time });
        await _centre.CreateTenantAsync("acme");
        await _centre.CreateTenantAsync("globex");
        _viewer = _centre.Client(await _centre.CreateKeyAsync("acme", Role.Viewer));
        _stranger = _centre.Client(await _centre.CreateKeyAsync("globex", Role.Admin));
        _web = await PostingAgent.EnrolAsync(_centre, "acme", "web1");
        await PostingAgent.EnrolAsync(_centre, "acme", "db1");
        await PostingAgent.EnrolAsync(_centre, "globex", "theirs");
    }

    public async Task DisposeAsync()
    {
        _viewer.Dispose();
        _stranger.Dispose();
        await _centre.DisposeAsync();
    }

    [Fact]
    public async Task List_AgentsThatMeasured_ShowsTheirNewestValuesUntilTheyAreStale()
    {
        await _web.MeasureAsync(FleetValues.Cpu, 12.5);
        await _web.MeasureAsync(FleetValues.Disk, 40, labels: new { mount = "/" });
        await _web.MeasureAsync(FleetValues.Disk, 91, labels: new { mount = "/var" });
        await _web.MeasureAsync(FleetValues.ProcessCount, 321);

        var fleet = await GetAsync("/fleet?sort=name");
        Assert.Equal(["db1", "web1"], NamesOf(fleet));
        var (db, web) = (fleet.GetProperty("items")[0], fleet.GetProperty("items")[1]);
        Assert.Equal(
            (12.5, 91, 321), (web.GetProperty("cpu_percent").GetDouble(), web.GetProperty("disk_percent").GetDouble(), web.GetProperty("processes").GetInt32()));
        Assert.All(new[] { "memory_percent", "load1", "severity", "host" }, unknown => Assert.False(web.TryGetProperty(unknown, out _)));
        Assert.False(db.TryGetProperty("cpu_percent", out _));
        Assert.Equal(
            (2, 2, 0, 321, 2),
            (Total(fleet, "agents"), Total(fleet, "online"), Total(fleet, "firing"), Total(fleet, "processes"), fleet.GetProperty("matching").GetInt32()));

        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True((await GetAsync("/fleet?search=WEB")).GetProperty("items")[0].TryGetProperty("cpu_percent", out _));
        _time.Advance(FleetPace.MaxAge);
        fleet = await GetAsync("/fleet?search=WEB");
        Assert.False(fleet.GetProperty("items")[0].TryGetProperty("cpu_percent", out _));
        Assert.False(fleet.GetProperty("totals").TryGetProperty("processes", out _));
    }

    [Fact]
    public async Task List_AgentsThatFallSilent_HasTheStatusOfTheirGrains()
    {
        Assert.Equal(2, Total(await GetAsync("/fleet"), "online"));
        await PassAsync(TimeSpan.FromSeconds(50));
        await _web.PostAsync("heartbeat", """{"server_name":"web1"}""");
        var fleet = await GetAsync("/fleet?sort=status");
        Assert.Equal(["db1 degraded", "web1 online"], fleet.GetProperty("items").EnumerateArray().Select(StatusOf));
        await PassAsync(TimeSpan.FromSeconds(50));
        fleet = await GetAsync("/fleet?status=offline");
        Assert.Equal(["db1 offline"], fleet.GetProperty("items").EnumerateArray().Select(StatusOf));
        Assert.Equal(1, fleet.GetProperty("matching").GetInt32());
        Assert.Equal((2, 1, 1), (Total(fleet, "agents"), Total(fleet, "degraded"), Total(fleet, "offline")));
        Assert.Equal("web1 degraded", StatusOf((await GetAsync("/fleet?sort=worst&page=2&page_size=1")).GetProperty("items")[0]));

        static string StatusOf(JsonElement agent) => $"{agent.GetProperty("name")} {agent.GetProperty("status")}";
    }

    [Fact]
    public async Task List_AlertsThatFire_AreCountedUnlessSilenced()
    {
        await _centre.App.Services.GetRequiredService<IAlertStore>().SaveAsync(
            "acme",
            [
                SomeAlert.Of("1", "web1", _time.GetUtcNow()), SomeAlert.Of("2", "web1", _time.GetUtcNow()) with { Severity = AlertSeverity.Critical },
                SomeAlert.Of("3", "db1", _time.GetUtcNow()) with { SilencedBy = "night" },
                SomeAlert.Of("4", "db1", _time.GetUtcNow()) with { State = AlertState.Resolved, ResolvedAt = _time.GetUtcNow() },
            ],
            [], default);
        var fleet = await GetAsync("/fleet");

        Assert.Equal(["web1", "db1"], NamesOf(fleet));
        var (web, db) = (fleet.GetProperty("items")[0], fleet.GetProperty("items")[1]);
        Assert.Equal((2, "critical", 0), (web.GetProperty("firing").GetInt32(), web.GetProperty("severity").GetString(), db.GetProperty("firing").GetInt32()));
        Assert.Equal((2, 1, 1), (Total(fleet, "firing"), Total(fleet, "critical"), Total(fleet, "warning")));
    }

    [Fact]
    public async Task Fleet_OfAnotherTenant_IsNotSeen()
    {
        await _web.MeasureAsync(FleetValues.Cpu, 99);
        Assert.Equal(["theirs"], NamesOf(await MetricsCentre.GetAsync(_stranger, "/fleet")));
        Assert.Empty(NamesOf(await MetricsCentre.GetAsync(_stranger, "/fleet?search=web1")));
        var lines = await MetricsCentre.GetAsync(_stranger, "/fleet/sparklines?agents=web1");
        Assert.All(lines.GetProperty("items")[0].GetProperty("values").EnumerateArray(), value => Assert.Equal(JsonValueKind.Null, value.ValueKind));
    }

    [Fact]
    public async Task Sparklines_OfSomeAgents_HaveTheSameStepsAndNullsInGaps()
    {
        for (var i = 0; i < 10; i++)
            await _web.MeasureAsync(FleetValues.Cpu, i, _time.GetUtcNow() - TimeSpan.FromMinutes(40 - i));
        var lines = await GetAsync("/fleet/sparklines?agents=web1&agents=db1&agents=web1&period=1h&points=6");

        Assert.Equal(600, lines.GetProperty("step_seconds").GetDouble());
        Assert.Equal("2026-01-31T11:10:00+00:00", lines.GetProperty("from").GetString());
        var items = lines.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["web1", "db1"], items.Select(item => item.GetProperty("agent").GetString()));
        Assert.Equal("[null,4.5,null,null,null,null]", items[0].GetProperty("values").GetRawText());
        Assert.Equal(6, items[1].GetProperty("values").GetArrayLength());
    }

    [Theory]
    [InlineData("/fleet?sort=best", "worst, name")]
    [InlineData("/fleet?status=on", "online, degraded, offline")]
    [InlineData("/fleet?page=0", "page must be")]
    [InlineData("/fleet?page_size=201", "1 to 200")]
    [InlineData("/fleet?label=role", "name=value")]
    [InlineData("/fleet/sparklines", "1 to 100 times")]
    [InlineData("/fleet/sparklines?agents=a/b", "an agent's name")]
    [InlineData("/fleet/sparklines?agents=a&points=1", "2 to 200")]
    [InlineData("/fleet/sparklines?agents=a&period=31d", "at most 30d")]
    [InlineData("/fleet/sparklines?agents=a&metric=no-metric", "metric")]
    public async Task Fleet_AskedWrongly_SaysWhatIsAllowed(string path, string says)
    {
        var problem = await MetricsCentre.ProblemAsync(_viewer, path);
        Assert.Equal(ProblemCodes.InvalidArgument, problem.Code);
        Assert.Contains(says, problem.Detail);
    }

    /// <summary>Lets time pass until the agents' grains have noticed: whoever asks them comes after that.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        await GetAsync("/agents");
    }

    private Task<JsonElement> GetAsync(string path) => MetricsCentre.GetAsync(_viewer, path);

    private static IEnumerable<string?> NamesOf(JsonElement fleet) =>
        fleet.GetProperty("items").EnumerateArray().Select(agent => agent.GetProperty("name").GetString());

    private static int Total(JsonElement fleet, string name) => fleet.GetProperty("totals").GetProperty(name).GetInt32();
}
