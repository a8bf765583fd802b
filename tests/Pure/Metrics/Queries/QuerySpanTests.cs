using Outrider.Grains.Metrics;
using Outrider.Grains.Metrics.Queries;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Metrics.Queries;

public sealed class QuerySpanTests
{
    private static readonly long s_now = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("5m", 300)]
    [InlineData("24h", 86_400)]
    [InlineData("7d", 604_800)]
    [InlineData("2w", 1_209_600)]
    [InlineData("999999999s", 999_999_999)]
    public void Period_NumberAndUnit_IsRead(string text, long seconds)
    {
        Assert.True(Periods.TryParse(text, out var milliseconds));
        Assert.Equal(seconds * 1_000, milliseconds);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("d")]
    [InlineData("0d")]
    [InlineData("-1d")]
    [InlineData("+1d")]
    [InlineData("1.5h")]
    [InlineData("1 d")]
    [InlineData("7D")]
    [InlineData("1h30m")]
    [InlineData("5ms")]
    [InlineData("9999999999s")]
    public void Period_AnythingElse_IsNone(string? text) => Assert.False(Periods.TryParse(text, out _));

    [Theory]
    [InlineData(10_000, "10s")]
    [InlineData(300_000, "5m")]
    [InlineData(86_400_000, "1d")]
    [InlineData(1_209_600_000, "14d")]
    [InlineData(5_400_000, "90m")]
    [InlineData(1_500, "1.5s")]
    public void Period_AsText_IsInTheLargestExactUnit(long milliseconds, string text) => Assert.Equal(text, Periods.Text(milliseconds));

    [Theory]
    [InlineData("2026-01-31T12:00:00Z", 0)]
    [InlineData("2026-01-31T12:00:00.5Z", 500)]
    [InlineData("2026-01-31T14:00:00+02:00", 0)]
    [InlineData("2026-01-31T06:30:00-05:30", 0)]
    public void Time_Rfc3339_IsRead(string text, long after)
    {
        Assert.True(Times.TryParse(text, out var milliseconds));
        Assert.Equal(s_now + after, milliseconds);
    }

    [Theory]
    [InlineData("2026-01-31")]
    [InlineData("2026-01-31T12:00:00")]
    [InlineData("2026-01-31 12:00:00Z")]
    [InlineData("31/01/2026")]
    [InlineData("2026-02-30T12:00:00Z")]
    [InlineData("1769860800")]
    [InlineData("yesterday")]
    [InlineData("1969-12-31T23:59:59Z")]
    public void Time_AnythingElse_IsNone(string text) => Assert.False(Times.TryParse(text, out _));

    [Theory]
    [InlineData(null, null, null, -1, 0)]
    [InlineData(null, null, "24h", -24, 0)]
    [InlineData("2026-01-31T09:00:00Z", null, null, -3, 0)]
    [InlineData(null, "2026-01-31T09:00:00Z", null, -4, -3)]
    [InlineData(null, "2026-01-31T09:00:00Z", "2h", -5, -3)]
    [InlineData("2026-01-31T06:00:00Z", null, "2h", -6, -4)]
    [InlineData("2026-01-31T06:00:00Z", "2026-01-31T07:00:00Z", null, -6, -5)]
    [InlineData(null, null, "30d", -720, 0)]
    public void Span_TimesOrPeriod_AreFromNowBack(string? from, string? to, string? period, int fromHours, int toHours)
    {
        var span = QuerySpan.Parse(from, to, period, s_now, QuerySpan.MaxLength(new MetricPolicy()));
        Assert.Null(span.Problem);
        Assert.Equal(new QuerySpan(s_now + fromHours * Periods.Hour, s_now + toHours * Periods.Hour), span.Value);
    }

    [Theory]
    [InlineData("2026-01-31T09:00:00Z", "2026-01-31T09:00:00Z", null, "after")]
    [InlineData("2026-01-31T09:00:00Z", "2026-01-31T08:00:00Z", null, "after")]
    [InlineData("2026-02-01T09:00:00Z", null, null, "after")]
    [InlineData("soon", null, null, "from can't be 'soon'")]
    [InlineData(null, "2026-13-01T00:00:00Z", null, "to can't be")]
    [InlineData(null, null, "forever", "period can't be")]
    [InlineData(null, null, "31d", "At most 30 days")]
    [InlineData("2025-12-31T00:00:00Z", "2026-01-31T00:00:00Z", null, "At most 30 days")]
    [InlineData("2026-01-31T06:00:00Z", "2026-01-31T07:00:00Z", "1h", "all three")]
    [InlineData(null, "1970-01-01T00:30:00Z", "1h", "1970")]
    public void Span_ThatCantBe_SaysWhatToChange(string? from, string? to, string? period, string says)
    {
        var span = QuerySpan.Parse(from, to, period, s_now, QuerySpan.MaxLength(new MetricPolicy(TwoHourDays: 30)));
        Assert.Equal(ProblemCodes.InvalidArgument, span.Problem?.Code);
        Assert.Contains(says, span.Problem!.Message);
    }

    [Theory]
    [InlineData(7, 30)]
    [InlineData(30, 30)]
    [InlineData(90, 90)]
    [InlineData(365, 365)]
    [InlineData(3_650, 365)]
    public void MaxLength_OfAPolicy_IsWhatIsKeptBetween30And365Days(int kept, int days) =>
        Assert.Equal(days * Periods.Day, QuerySpan.MaxLength(new MetricPolicy(TwoHourDays: kept)));

    [Theory]
    [InlineData("2026-01-30T00:00:00Z/2026-01-31T00:00:00Z", true)]
    [InlineData("2026-01-31T00:00:00Z/2026-01-30T00:00:00Z", false)]
    [InlineData("2026-01-30T00:00:00Z", false)]
    [InlineData("a/b", false)]
    public void Interval_TwoTimes_IsASpan(string text, bool ok) => Assert.Equal(ok, QuerySpan.ParseInterval(text, 30 * Periods.Day).Ok);

    [Fact]
    public void Before_OfASpan_EndsWhereItBegins() => Assert.Equal(new QuerySpan(100, 150), new QuerySpan(150, 200).Before);
}
