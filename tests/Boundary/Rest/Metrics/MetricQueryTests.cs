using System.Text.Json;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Boundary.Rest.Metrics;

/// <summary>Metrics of one agent: what there is, the newest, over time.</summary>
public sealed class MetricQueryTests(MetricsCentre centre) : IClassFixture<MetricsCentre>
{
    [Fact]
    public async Task List_OfAnAgent_SaysKindUnitHelpAndLabels()
    {
        var metrics = (await centre.GetAsync("/agents/db1/metrics")).GetProperty("metrics").EnumerateArray().ToList();

        Assert.Equal(["app_queue", MetricsCentre.Cpu, MetricsCentre.Disk, MetricsCentre.Received], metrics.Select(one => one.GetProperty("metric").GetString()));
        var disk = metrics[2];
        Assert.Equal(("gauge", "percent", 2), (Text(disk, "kind"), Text(disk, "unit"), disk.GetProperty("series").GetInt32()));
        Assert.Equal("Space in use of a file system", Text(disk, "help"));
        Assert.Equal(["device", "mount"], disk.GetProperty("labels").EnumerateArray().Select(label => Text(label, "name")));
        Assert.Equal(["/", "/var"], disk.GetProperty("labels")[1].GetProperty("values").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal(("counter", "bytes"), (Text(metrics[3], "kind"), Text(metrics[3], "unit")));
        Assert.Equal(JsonValueKind.Null, metrics[0].GetProperty("help").ValueKind);
    }

    [Fact]
    public async Task List_ByPattern_NarrowsIt()
    {
        Assert.Equal(3, (await centre.GetAsync("/agents/db1/metrics?metric=host_*")).GetProperty("metrics").GetArrayLength());
        Assert.Equal(0, (await centre.GetAsync("/agents/db1/metrics?metric=nothing*")).GetProperty("metrics").GetArrayLength());
    }

    [Fact]
    public async Task Everything_OfAnAgentWithoutMetrics_IsEmptyAndNotInvented()
    {
        Assert.Equal(0, (await centre.GetAsync("/agents/idle/metrics")).GetProperty("metrics").GetArrayLength());
        Assert.Equal(0, (await centre.GetAsync("/agents/idle/metrics/latest")).GetProperty("series").GetArrayLength());
        Assert.Equal(0, (await centre.GetAsync($"/agents/idle/metrics/range?metric={MetricsCentre.Cpu}")).GetProperty("series").GetArrayLength());
        var processes = await centre.GetAsync("/agents/idle/processes");
        Assert.Equal((0, JsonValueKind.Null), (processes.GetProperty("processes").GetArrayLength(), processes.GetProperty("time").ValueKind));
    }

    [Fact]
    public async Task Latest_OfEachSeries_SaysHowOldItIsAndACountersRate()
    {
        var series = (await centre.GetAsync("/agents/db1/metrics/latest")).GetProperty("series").EnumerateArray().ToList();

        Assert.Equal(5, series.Count);
        var cpu = series.Single(one => Text(one, "metric") == MetricsCentre.Cpu);
        Assert.Equal((40, 60, false), (cpu.GetProperty("value").GetDouble(), cpu.GetProperty("age_seconds").GetDouble(), cpu.GetProperty("stale").GetBoolean()));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 11, 59, 0, TimeSpan.Zero), cpu.GetProperty("time").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Null, cpu.GetProperty("rate_per_second").ValueKind);
        var received = series.Single(one => Text(one, "metric") == MetricsCentre.Received);
        Assert.Equal((600.0 * 179, 10), (received.GetProperty("value").GetDouble(), received.GetProperty("rate_per_second").GetDouble()));
        Assert.Equal("eth0", Text(received.GetProperty("labels"), "interface"));
        Assert.Equal(JsonValueKind.Null, series.Single(one => Text(one, "metric") == "app_queue").GetProperty("value").ValueKind);
        Assert.Equal(2, (await centre.GetAsync($"/agents/db1/metrics/latest?metric={MetricsCentre.Disk}")).GetProperty("series").GetArrayLength());
    }

    [Fact]
    public async Task Range_OfADay_HasFiveMinuteStepsAndNullsInTheGap()
    {
        var range = await centre.GetAsync($"/agents/db1/metrics/range?metric={MetricsCentre.Cpu}&period=24h");
        var (times, series) = (range.GetProperty("times"), range.GetProperty("series")[0]);
        var values = series.GetProperty("values").EnumerateArray().ToList();

        Assert.Equal(("5m", "avg", "percent", 288), (Text(range, "step"), Text(range, "aggregate"), Text(range, "unit"), times.GetArrayLength()));
        Assert.Equal(288, values.Count);
        Assert.Equal("2026-01-30T12:00:00+00:00", times[0].GetString());
        Assert.Equal((20, 40), (values[0].GetDouble(), values[287].GetDouble()));
        Assert.Equal(Enumerable.Range(180, 12), values.Index().Where(value => value.Item.ValueKind == JsonValueKind.Null).Select(value => value.Index));
        var summary = series.GetProperty("summary");
        Assert.Equal((99, 20, 40), (summary.GetProperty("peak").GetDouble(), summary.GetProperty("min").GetDouble(), summary.GetProperty("last").GetDouble()));
        Assert.Equal((720 * 20 + 659 * 40 + 99) / 1_380.0, summary.GetProperty("average").GetDouble(), 6);
        Assert.Equal("2026-01-31T04:40:00+00:00", Text(summary, "peak_at"));
        Assert.Equal("rising", Text(summary.GetProperty("trend"), "trend"));
    }

    [Theory]
    [InlineData("period=30m", "raw", 30)]
    [InlineData("period=12h", "5m", 144)]
    [InlineData("period=12h&step=1m", "1m", 720)]
    [InlineData("period=12h&step=1h", "1h", 12)]
    [InlineData("from=2026-01-31T10:02:00Z&to=2026-01-31T10:17:00%2B00:00&step=5m", "5m", 4)]
    [InlineData("from=2026-01-31T10:00:00Z&period=1h", "raw", 60)]
    public async Task Range_StretchAndStep_GiveSoManyTimes(string query, string step, int times)
    {
        var range = await centre.GetAsync($"/agents/db1/metrics/range?metric={MetricsCentre.Cpu}&{query}");
        Assert.Equal((step, times), (Text(range, "step"), range.GetProperty("times").GetArrayLength()));
    }

    [Theory]
    [InlineData("avg", 659 / 15.0)]
    [InlineData("min", 40)]
    [InlineData("max", 99)]
    [InlineData("last", 40)]
    [InlineData("count", 15)]
    [InlineData("sum", 659)]
    public async Task Range_Aggregate_IsOfTheSamplesOfAStep(string aggregate, double expected)
    {
        var range = await centre.GetAsync(
            $"/agents/db1/metrics/range?metric={MetricsCentre.Cpu}&from=2026-01-31T04:30:00Z&to=2026-01-31T04:45:00Z&step=15m&aggregate={aggregate}");
        Assert.Equal(expected, range.GetProperty("series")[0].GetProperty("values")[0].GetDouble(), 9);
    }

    [Theory]
    [InlineData("step=1m")]
    [InlineData("step=5m")]
    [InlineData("step=raw")]
    [InlineData("step=1h")]
    public async Task Range_Counter_IsItsRateAlsoWhereItBeganAgain(string query)
    {
        var range = await centre.GetAsync(
            $"/agents/db1/metrics/range?metric={MetricsCentre.Received}&from=2026-01-31T08:00:00Z&to=2026-01-31T11:00:00Z&{query}");
        var rates = range.GetProperty("series")[0].GetProperty("values").EnumerateArray().Select(value => value.GetDouble()).ToList();

        Assert.Equal(("rate", "bytes per second", "counter"), (Text(range, "aggregate"), Text(range, "unit"), Text(range, "kind")));
        // It begins again at 9:00 with 0, so what it rose in the minute before isn't known.
        var restart = rates.Min();
        Assert.InRange(restart, 0, 10);
        Assert.All(rates.Where(rate => rate != restart), rate => Assert.Equal(10, rate, 6));
        Assert.Equal(10, range.GetProperty("series")[0].GetProperty("summary").GetProperty("peak").GetDouble(), 6);
    }

    [Fact]
    public async Task Range_CounterWithAnotherAggregate_IsItsPlainValue()
    {
        var range = await centre.GetAsync($"/agents/db1/metrics/range?metric={MetricsCentre.Received}&period=1h&aggregate=last");
        Assert.Equal(("last", "bytes"), (Text(range, "aggregate"), Text(range, "unit")));
        Assert.Equal(600.0 * 179, range.GetProperty("series")[0].GetProperty("values")[59].GetDouble());
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("&labels=mount=/var", 1)]
    [InlineData("&labels=mount=/var&labels=device=sdb", 1)]
    [InlineData("&labels=mount=/var&labels=device=sda", 0)]
    [InlineData("&labels=fstype=", 2)]
    public async Task Range_Labels_AllHold(string labels, int series) => Assert.Equal(
        series, (await centre.GetAsync($"/agents/db1/metrics/range?metric={MetricsCentre.Disk}{labels}")).GetProperty("series").GetArrayLength());

    [Fact]
    public async Task Range_NotANumber_IsNull()
    {
        var values = (await centre.GetAsync("/agents/db1/metrics/range?metric=app_queue")).GetProperty("series")[0].GetProperty("values");
        Assert.Equal((59, 58), (values.GetArrayLength(), values[58].GetDouble()));
    }

    [Theory]
    [InlineData("metrics/range", "metric")]
    [InlineData("metrics/range?metric=", "metric")]
    [InlineData("metrics/range?metric=no%20metric", "metric")]
    [InlineData("metrics/range?metric=host_*", "metric")]
    [InlineData("metrics/range?metric=host_load1&labels=mount", "labels")]
    [InlineData("metrics/range?metric=host_load1&labels=agent=db2", "labels")]
    [InlineData("metrics/range?metric=host_load1&from=yesterday", "from")]
    [InlineData("metrics/range?metric=host_load1&to=2026-01-31", "to")]
    [InlineData("metrics/range?metric=host_load1&from=2026-01-31T10:00:00Z&to=2026-01-31T09:00:00Z", "after")]
    [InlineData("metrics/range?metric=host_load1&from=2026-01-31T10:00:00Z&to=2026-01-31T10:00:00Z", "after")]
    [InlineData("metrics/range?metric=host_load1&period=7", "period")]
    [InlineData("metrics/range?metric=host_load1&period=366d", "365 days")]
    [InlineData("metrics/range?metric=host_load1&step=2m", "step")]
    [InlineData("metrics/range?metric=host_load1&period=7d&step=10s", "11000")]
    [InlineData("metrics/range?metric=host_load1&period=2d&step=raw", "Raw")]
    [InlineData("metrics/range?metric=host_load1&aggregate=median", "aggregate")]
    [InlineData("metrics/range?metric=host_load1&aggregate=rate", "gauge")]
    [InlineData("metrics?metric=a.*", "metric")]
    [InlineData("metrics/latest?metric=%22", "metric")]
    [InlineData("processes?limit=0", "100")]
    [InlineData("processes?limit=101", "100")]
    [InlineData("processes?limit=many", "limit")]
    [InlineData("processes?view=circle", "view")]
    [InlineData("processes?sort=status", "sort")]
    [InlineData("processes?group=user", "group")]
    [InlineData("processes?view=tree&group=name", "group")]
    [InlineData("processes?at=noon", "at")]
    public async Task Question_ThatCantBe_Is400AndSaysWhat(string path, string says)
    {
        var problem = await MetricsCentre.ProblemAsync(centre.Viewer, $"/agents/db1/{path}");
        Assert.Equal((400, ProblemCodes.InvalidArgument), (problem.Status, problem.Code));
        Assert.Contains(says, problem.Detail);
    }

    [Theory]
    [InlineData("metrics")]
    [InlineData("metrics/latest")]
    [InlineData("metrics/range?metric=host_load1")]
    [InlineData("processes")]
    public async Task Agent_OfAnotherTenantOrNobody_Is404(string path)
    {
        Assert.Equal(ProblemCodes.AgentNotFound, (await MetricsCentre.ProblemAsync(centre.Viewer, $"/agents/db9/{path}")).Code);
        Assert.Equal(ProblemCodes.AgentNotFound, (await MetricsCentre.ProblemAsync(centre.Stranger, $"/agents/db1/{path}")).Code);
        Assert.Equal(ProblemCodes.AgentNotFound, (await MetricsCentre.ProblemAsync(centre.Viewer, $"/agents/nobody/{path}")).Code);
    }

    [Fact]
    public async Task Metric_ThatNobodyKnows_Is404()
    {
        var problem = await MetricsCentre.ProblemAsync(centre.Viewer, "/agents/db1/metrics/range?metric=secret_metric");
        Assert.Equal((404, ProblemCodes.MetricNotFound), (problem.Status, problem.Code));
        Assert.Equal(0, (await centre.GetAsync("/agents/db1/metrics/range?metric=app_queue&labels=name=c")).GetProperty("series").GetArrayLength());
    }

    [Fact]
    public async Task Processes_Flat_AreSortedLimitedAndWhole()
    {
        var answer = await centre.GetAsync("/agents/db1/processes?limit=2");
        Assert.Equal((300, 4, 16L << 30), (answer.GetProperty("total").GetInt32(), answer.GetProperty("cpus").GetInt32(), answer.GetProperty("memory_bytes").GetInt64()));
        Assert.Equal((0, "2026-01-31T12:00:00+00:00"), (answer.GetProperty("age_seconds").GetDouble(), Text(answer, "time")));
        Assert.Equal([20, 30], Pids(answer.GetProperty("processes")));
        var java = answer.GetProperty("processes")[0];
        Assert.Equal((200, 50, 4L << 30, 25), (
            java.GetProperty("cpu_percent").GetDouble(), java.GetProperty("cpu_percent_normalized").GetDouble(),
            java.GetProperty("memory_bytes").GetInt64(), java.GetProperty("memory_percent").GetDouble()));
        Assert.False(java.TryGetProperty("children", out _));
        Assert.Equal([40, 30, 21, 20, 10], Pids((await centre.GetAsync("/agents/db1/processes?sort=-pid")).GetProperty("processes")));
        Assert.Equal([20, 21], Pids((await centre.GetAsync("/agents/db1/processes?name=ja*")).GetProperty("processes")));
        var unknown = (await centre.GetAsync("/agents/db1/processes?name=unknown")).GetProperty("processes")[0];
        Assert.Equal(JsonValueKind.Null, unknown.GetProperty("cpu_percent").ValueKind);
    }

    [Fact]
    public async Task Processes_Tree_HasSubtreeTotalsInOrder()
    {
        var tree = (await centre.GetAsync("/agents/db1/processes?view=tree&sort=-cpu&limit=100")).GetProperty("processes");
        Assert.Equal([10, 30, 40], Pids(tree));
        Assert.Equal((2, 300, 75), (
            tree[0].GetProperty("child_count").GetInt32(), tree[0].GetProperty("total").GetProperty("cpu_percent").GetDouble(),
            tree[0].GetProperty("total").GetProperty("cpu_percent_normalized").GetDouble()));
        Assert.Equal([21], Pids(tree[0].GetProperty("children")[0].GetProperty("children")));
    }

    [Fact]
    public async Task Processes_ByNameAndAtATime_AddUp()
    {
        var groups = (await centre.GetAsync("/agents/db1/processes?group=name&at=2026-01-31T11:00:00Z")).GetProperty("groups");
        Assert.Equal(["java", "be"], groups.EnumerateArray().Take(2).Select(group => Text(group, "name")));
        Assert.Equal((2, 3), (groups[0].GetProperty("total").GetProperty("count").GetInt32(), groups[0].GetProperty("total").GetProperty("cpu_percent").GetDouble()));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static IEnumerable<int> Pids(JsonElement processes) => processes.EnumerateArray().Select(process => process.GetProperty("pid").GetInt32());
}
