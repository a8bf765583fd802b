using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Fleet;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;

namespace Outrider.Tests.Pure.Fleet;

public sealed class SparklineSpanTests
{
    private const long Now = 20_000 * Periods.Day + 34_567_891;

    [Theory]
    [InlineData("5m", 30, "10s")]
    [InlineData("1h", 30, "2m")]
    [InlineData("6h", 30, "15m")]
    [InlineData("24h", 30, "50m")]
    [InlineData("7d", 30, "6h")]
    [InlineData("30d", 30, "1d")]
    [InlineData("30d", 200, "4h")]
    public void Of_ALength_HasAStepThatRollUpsHave(string length, int points, string step)
    {
        Assert.True(Periods.TryParse(length, out var milliseconds));
        Assert.Equal(step, Periods.Text(SparklineSpan.Of(Now, milliseconds, points, new MetricPolicy()).Step));
    }

    [Fact]
    public void Of_AnyLength_CoversItInAtMostSoManySteps()
    {
        var drawn =
            from length in Gen.Choose(1, (int)(SparklineSpan.MaxLength / Periods.Second))
            from points in Gen.Choose(2, SparklineSpan.MaxPoints)
            select (Length: length * Periods.Second, Points: points);
        Prop.ForAll(drawn.ToArbitrary(), one =>
        {
            var (span, step) = SparklineSpan.Of(Now, one.Length, one.Points, new MetricPolicy());
            var times = SeriesColumns.TimesOf([], span, step);
            Assert.InRange(times.Length, 1, one.Points);
            Assert.Equal(span.From, times[0]);
            Assert.InRange(Now, times[^1], times[^1] + step - 1);
            Assert.InRange(Now - span.From, one.Length - step, one.Length + step);
        }).QuickCheckThrowOnFailure();
    }
}
