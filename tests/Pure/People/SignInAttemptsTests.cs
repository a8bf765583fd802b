using Outrider.Grains.People.Rules;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.People;

public sealed class SignInAttemptsTests
{
    private static readonly DateTimeOffset s_at = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 30)]
    [InlineData(6, 60)]
    [InlineData(7, 120)]
    [InlineData(9, 480)]
    [InlineData(10, 900)]
    [InlineData(1000, 900)]
    public void LockedUntil_AfterSoManyAttempts_WaitsLongerEachTime(int count, int seconds)
    {
        var attempts = new SignInAttempts(count, s_at);

        Assert.Equal(seconds == 0 ? null : s_at.AddSeconds(seconds), attempts.LockedUntil(s_at));
        Assert.Null(attempts.LockedUntil(s_at.AddSeconds(seconds)));
    }

    [Fact]
    public void Add_WhileItWaits_SaysHowLongAndCountsNothing()
    {
        var attempts = Enumerable.Range(0, 5).Aggregate(SignInAttempts.None, (attempts, _) => attempts.Add(s_at).Value!);

        var refused = attempts.Add(s_at.AddSeconds(1)).Problem!;

        Assert.Equal((ProblemCodes.RateLimited, 29), (refused.Code, refused.RetryAfterSeconds));
        Assert.Equal(6, attempts.Add(s_at.AddSeconds(30)).Value!.Count);
    }
}
