using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Metrics.Queries;

public sealed class QueryStepsTests
{
    private const long Now = 1_000 * Periods.Day;

    [Theory]
    [InlineData("30m", "raw")]
    [InlineData("1h", "raw")]
    [InlineData("61m", "5m")]
    [InlineData("12h", "5m")]
    [InlineData("24h", "5m")]
    [InlineData("3d", "30m")]
    [InlineData("7d", "30m")]
    [InlineData("20d", "2h")]
    [InlineData("30d", "2h")]
    [InlineData("365d", "1d")]
    public void Default_ByLength_IsTheLadder(string length, string step)
    {
        Assert.True(Periods.TryParse(length, out var milliseconds));
        Assert.Equal(step, QuerySteps.Text(QuerySteps.Parse(null, milliseconds).Value));
    }

    [Theory]
    [InlineData("raw", "24h", true)]
    [InlineData("raw", "25h", false)]
    [InlineData("10s", "24h", true)]
    [InlineData("10s", "7d", false)]
    [InlineData("1m", "7d", true)]
    [InlineData("1m", "30d", false)]
    [InlineData("5m", "30d", true)]
    [InlineData("5m", "365d", false)]
    [InlineData("15m", "30d", true)]
    [InlineData("30m", "30d", true)]
    [InlineData("1h", "365d", true)]
    [InlineData("2h", "365d", true)]
    [InlineData("6h", "365d", true)]
    [InlineData("1d", "1h", true)]
    [InlineData("60s", "1h", true)]
    [InlineData("2m", "1h", false)]
    [InlineData("0", "1h", false)]
    [InlineData("", "1h", false)]
    [InlineData("fine", "1h", false)]
    public void Parse_WhatTheCallerAsksFor_IsAllowedWithinItsPoints(string text, string length, bool allowed)
    {
        Assert.True(Periods.TryParse(length, out var milliseconds));
        var step = QuerySteps.Parse(text, milliseconds);
        Assert.Equal(allowed ? null : ProblemCodes.InvalidArgument, step.Problem?.Code);
    }

    [Theory]
    [InlineData("raw", "1h", "raw")]
    [InlineData("raw", "25h", "1m")]
    [InlineData("10s", "3d", "1m")]
    [InlineData("1m", "8d", "5m")]
    [InlineData("5m", "31d", "2h")]
    [InlineData("1d", "300d", "1d")]
    public void AtLeastKept_OfOldTimes_IsWhatIsLeft(string asked, string age, string step)
    {
        Assert.True(Periods.TryParse(age, out var milliseconds));
        var asks = asked == "raw" ? QuerySteps.Raw : QuerySteps.Parse(asked, Periods.Hour).Value;
        Assert.Equal(step, QuerySteps.Text(QuerySteps.AtLeastKept(asks, new MetricPolicy(), Now - milliseconds, Now)));
    }

    [Fact]
    public void ForCount_OfAnyLength_GivesSoManyAtMostWithTheFinestStep() => Prop.ForAll(
        Gen.Choose(1, 30 * 24 * 60).ToArbitrary(),
        minutes =>
        {
            var (length, step) = (minutes * Periods.Minute, QuerySteps.ForCount(minutes * Periods.Minute, 60));
            var finer = new[] { 10_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 86_400_000 }.LastOrDefault(one => one < step);
            return length <= 60 * step && (finer == 0 || length > 60L * finer);
        }).QuickCheckThrowOnFailure();
}
