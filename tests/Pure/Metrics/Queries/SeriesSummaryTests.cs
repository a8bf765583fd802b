using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Metrics.Queries;

public sealed class SeriesSummaryTests
{
    private static readonly QuerySpan s_span = new(0, 4 * Periods.Minute);

    [Fact]
    public void Of_Steps_WeighsThemByTheirSamples()
    {
        var summary = SeriesSummary.Of([new(0, 3, 210, 60, 70, 80), new(Periods.Minute, 1, 10, 10, 10, 10)], s_span)!;
        Assert.Equal((55.0, 80.0, 10.0, 10.0), (summary.Average, summary.Peak, summary.Min, summary.Last));
        Assert.Equal((Times.At(0), Times.At(Periods.Minute)), (summary.PeakAt, summary.LastAt));
    }

    [Fact]
    public void Of_Nothing_IsNothing() => Assert.Null(SeriesSummary.Of([], s_span));

    [Fact]
    public void Of_Infinities_AreNoNumbers()
    {
        var summary = SeriesSummary.Of([new(0, 1, double.PositiveInfinity, 1, 1, double.PositiveInfinity)], s_span)!;
        Assert.Equal((null, null, 1.0), (summary.Average, summary.Peak, summary.Min));
    }

    [Theory]
    [InlineData(10, 11, Trend.Steady, 10)]
    [InlineData(10, 11.1, Trend.Rising, 11)]
    [InlineData(10, 9, Trend.Steady, -10)]
    [InlineData(10, 8.9, Trend.Falling, -11)]
    [InlineData(0, 0, Trend.Steady, 0)]
    [InlineData(0, 1, Trend.Rising, null)]
    [InlineData(0, -1, Trend.Falling, null)]
    [InlineData(-10, -5, Trend.Rising, 50)]
    public void Trend_OfTheSecondHalf_ChangesBeyondTenPercent(double first, double second, Trend trend, int? percent)
    {
        var change = SeriesSummary.Of([At(0, first), At(1, first), At(2, second), At(3, second)], s_span)!.Trend!;
        Assert.Equal((trend, percent), (change.Trend, change.Percent is { } value ? (int)Math.Round(value) : null));
    }

    [Fact]
    public void Trend_WithoutDataInOneHalf_IsNotKnown() => Assert.Null(SeriesSummary.Of([At(0, 1), At(1, 9)], s_span)!.Trend);

    /// <summary>The aggregates of older designs (T-1 to T-3).</summary>
    [Theory]
    [InlineData(MetricAggregate.Max, new double[] { 50, 95, 30 }, 95)]
    [InlineData(MetricAggregate.Avg, new double[] { 60, 80, 70 }, 70)]
    [InlineData(MetricAggregate.Sum, new double[] { 300, 400, 500 }, 1_200)]
    [InlineData(MetricAggregate.Min, new double[] { 50, 95, 30 }, 30)]
    [InlineData(MetricAggregate.Last, new double[] { 50, 95, 30 }, 30)]
    [InlineData(MetricAggregate.Count, new double[] { 50, 95, 30 }, 3)]
    public void Aggregate_OfAStep_IsWhatItSays(MetricAggregate aggregate, double[] values, double expected) =>
        Assert.Equal(expected, Aggregates.Of(new MetricStep(0, values.Length, values.Sum(), values.Min(), values[^1], values.Max()), aggregate));

    [Theory]
    [InlineData(null, MetricKind.Gauge, MetricAggregate.Avg)]
    [InlineData(null, MetricKind.Counter, MetricAggregate.Rate)]
    [InlineData("last", MetricKind.Counter, MetricAggregate.Last)]
    [InlineData("Max", MetricKind.Gauge, MetricAggregate.Max)]
    [InlineData("rate", MetricKind.Gauge, null)]
    [InlineData("median", MetricKind.Gauge, null)]
    [InlineData("1", MetricKind.Gauge, null)]
    [InlineData("", MetricKind.Gauge, null)]
    public void Aggregate_AsWritten_IsReadOrRefused(string? text, MetricKind kind, MetricAggregate? expected)
    {
        var read = Aggregates.Parse(text, kind);
        Assert.Equal(expected, read.Ok ? read.Value : null);
        Assert.Equal(expected is null ? ProblemCodes.InvalidArgument : null, read.Problem?.Code);
    }

    private static MetricStep At(int minute, double value) => new(minute * Periods.Minute, 1, value, value, value, value);
}
