using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Metrics.Queries;

public sealed class SeriesColumnsTests
{
    [Fact]
    public void Of_Steps_HasThemAllAndNullsInGaps()
    {
        // From the step that the beginning is in, until before the end.
        var span = new QuerySpan(30_000, 4 * Periods.Minute);
        var columns = Columns([[At(0, 1), At(2, 3)], []], span, Periods.Minute, MetricAggregate.Avg);
        Assert.Equal([0, 60_000, 120_000, 180_000], columns.Times);
        Assert.Equal([1, null, 3, null], columns.Values[0]);
        Assert.Equal([null, null, null, null], columns.Values[1]);
    }

    [Fact]
    public void Of_RawSamples_HasTheTimesOfAnySeries()
    {
        var columns = Columns(
            [[At(0, 1), At(2, double.PositiveInfinity)], [At(1, 2), At(2, 4)]], new QuerySpan(0, Periods.Hour), QuerySteps.Raw, MetricAggregate.Last);
        Assert.Equal([0, 60_000, 120_000], columns.Times);
        Assert.Equal([1, null, null], columns.Values[0]);
        Assert.Equal([null, 2, 4], columns.Values[1]);
    }

    [Fact]
    public void Labels_Pairs_AreConditions()
    {
        var matchers = SeriesFilters.Labels(["mount=/var", "q=a=b", "none="]).Value!;
        Assert.Equal(
            [new("mount", MatchOperator.Equal, "/var"), new("q", MatchOperator.Equal, "a=b"), new("none", MatchOperator.Equal, "")], matchers);
    }

    [Theory]
    [InlineData("mount")]
    [InlineData("=x")]
    [InlineData("__name__=x")]
    [InlineData("agent=other")]
    [InlineData("tenant=other")]
    [InlineData("a b=c")]
    public void Labels_AnythingElse_IsRefused(string pair) =>
        Assert.Equal(ProblemCodes.InvalidArgument, SeriesFilters.Labels([pair]).Problem?.Code);

    [Theory]
    [InlineData("host_load1", MatchOperator.Equal, "host_load1")]
    [InlineData("host_*", MatchOperator.Matches, "host_.*")]
    [InlineData("*", MatchOperator.Matches, ".*")]
    public void Metric_NameOrPattern_IsACondition(string text, MatchOperator matches, string value) =>
        Assert.Equal(new LabelMatcher(SeriesSelector.NameLabel, matches, value), SeriesFilters.Metric(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("a.*b")]
    [InlineData("a|b")]
    [InlineData("1x")]
    public void Metric_AnythingElse_IsRefused(string text) => Assert.Equal(ProblemCodes.InvalidArgument, SeriesFilters.Metric(text).Problem?.Code);

    [Theory]
    [InlineData("host_cpu_percent", "percent", "percent per second")]
    [InlineData("host_disk_reads_total", "", "per second")]
    [InlineData("jvm_memory_bytes", "bytes", "bytes per second")]
    [InlineData("http_request_duration_seconds_total", "seconds", "seconds per second")]
    [InlineData("queue_length", "", "per second")]
    public void Unit_OfAMetric_IsKnownOrInItsName(string metric, string unit, string ofRate) =>
        Assert.Equal((unit, ofRate), (MetricUnits.Of(metric), MetricUnits.OfRate(metric)));

    private static SeriesColumns Columns(List<List<MetricStep>> series, QuerySpan span, long step, MetricAggregate aggregate) =>
        SeriesColumns.Of(SeriesColumns.TimesOf(series, span, step), series, aggregate);

    private static MetricStep At(int minute, double value) => new(minute * Periods.Minute, 1, value, value, value, value);
}
