using System.Text.Json;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Metrics;
using Outrider.Silo.Standalone.Configuration;
using Outrider.Storage.Metrics;
using Outrider.Storage.Sqlite;
using Outrider.Testing.Centre;
using Outrider.Testing.Time;
using Outrider.Tests.Conformance.Storage;

namespace Outrider.Tests.Boundary.Rest.Metrics;

/// <summary>A week, a month and more, of a store that was filled day by day and has made its steps and removed what is old.</summary>
public sealed class LongRangeTests : IAsyncLifetime
{
    private const int Days = 40;

    private readonly FakeTime _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private TestCentre _centre = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        var data = Directory.CreateTempSubdirectory("outrider-test-").FullName;
        using (var folder = DataFolder.Open(data))
            await FillAsync(folder.Metrics);
        _centre = await TestCentre.StartAsync(options => options with { Data = data, Time = _time });
        await _centre.CreateTenantAsync("acme");
        await ScriptedAgent.ConnectAsync(_centre, "acme", "old", _ => throw new InvalidOperationException("Nobody asks it."));
        _client = _centre.Client(await _centre.CreateKeyAsync("acme", Role.Viewer));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _centre.DisposeAsync();
    }

    [Theory]
    [InlineData("period=7d", "30m", 336, 168)]
    [InlineData("period=30d", "2h", 360, 360)]
    [InlineData("period=60d", "1d", 60, 40)]
    [InlineData("period=30d&step=6h", "6h", 120, 120)]
    [InlineData("period=1h&to=2026-01-20T00:00:00Z", "5m", 12, 1)]
    [InlineData("period=1h&to=2026-01-05T00:00:00Z", "2h", 1, 1)]
    public async Task Range_OfWeeks_HasTheStepsOfTheLadderOrWhatIsLeft(string query, string step, int times, int known)
    {
        var range = await RangeAsync(query);
        var values = range.GetProperty("series")[0].GetProperty("values").EnumerateArray();
        Assert.Equal((step, times, known), (
            range.GetProperty("step").GetString(), range.GetProperty("times").GetArrayLength(),
            values.Count(value => value.ValueKind != JsonValueKind.Null)));
    }

    [Fact]
    public async Task Range_OfAMonth_SummarizesEverySample()
    {
        var summary = (await RangeAsync("period=30d")).GetProperty("series")[0].GetProperty("summary");
        Assert.Equal((39, 10, 24.5), (
            summary.GetProperty("peak").GetDouble(), summary.GetProperty("min").GetDouble(), Math.Round(summary.GetProperty("average").GetDouble(), 6)));
        Assert.Equal("rising", summary.GetProperty("trend").GetProperty("trend").GetString());
    }

    [Fact]
    public async Task Export_OfWeeks_HasOneLineOfEachThatIsLeft()
    {
        var lines = (await _client.GetStringAsync(TestCentre.Path("/metrics/export?period=40d"))).TrimEnd('\n').Split('\n').Skip(1).ToList();
        Assert.Equal(lines.Count, lines.Select(line => line.Split(',')[0]).Distinct().Count());
        // An hour each where minutes or five minutes are left, two where only two hours are.
        Assert.InRange(lines.Count, 30 * 24 + 9 * 12, 31 * 24 + 11 * 12);
    }

    private Task<JsonElement> RangeAsync(string query) =>
        MetricsCentre.GetAsync(_client, $"/agents/old/metrics/range?metric={MetricsCentre.Cpu}&{query}");

    /// <summary>A sample an hour; its value is the day's number.</summary>
    private async Task FillAsync(string path)
    {
        await using var database = SqliteDatabase.Open(path, SqliteMetricBackend.Schema);
        await using var store = await MetricStore.OpenAsync(new SqliteMetricBackend(database), _time, new MetricStoreOptions { Interval = null });
        for (var day = 0; day < Days; day++)
        {
            var begin = _time.GetUtcNow().ToUnixTimeMilliseconds();
            _time.Advance(TimeSpan.FromDays(1));
            var samples = new SeriesSamples(
                new Series(MetricsCentre.Cpu), [.. Enumerable.Range(0, 24).Select(i => new Sample(begin + i * MetricsCentre.Hour, day))]);
            Assert.True((await store.AppendAsync("acme", "old", MetricStoreFixture.Batch((ulong)day + 1, [samples]), default)).Ok);
            await store.MaintainAsync(all: true);
        }
    }
}
