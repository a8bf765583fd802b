using Outrider.Silo.Hosting.Commands;

namespace Outrider.Tests.Boundary.Standalone;

public sealed class ExpiryTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("90d", "2026-04-01T00:00:00Z")]
    [InlineData("2w", "2026-01-15T00:00:00Z")]
    [InlineData("12h", "2026-01-01T12:00:00Z")]
    [InlineData("30m", "2026-01-01T00:30:00Z")]
    [InlineData("2027-01-31T00:00:00Z", "2027-01-31T00:00:00Z")]
    [InlineData("2027-01-31", "2027-01-31T00:00:00Z")]
    public void Parse_SpanOrTime_IsThatTime(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), Expiry.Parse(text, s_now));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-3d")]
    [InlineData("3y")]
    [InlineData("d")]
    public void Parse_AnythingElse_SaysWhatIsExpected(string text) =>
        Assert.Contains("90d", Assert.Throws<FormatException>(() => Expiry.Parse(text, s_now)).Message);

    [Fact]
    public void Parse_Nothing_IsNever() => Assert.Null(Expiry.Parse(null, s_now));
}
